package dev.chela.harness.session;

import dev.chela.harness.ReplyMode;
import dev.chela.harness.SessionKey;
import dev.chela.harness.Source;
import java.util.Optional;

/**
 * A message for an agent.
 *
 * @param ticket its inbox row, at least 1; names it for ever and orders it within the session
 * @param queue an inline {@code /queue}, for this message only
 */
public record Submission(
        long ticket,
        SessionKey session,
        Source source,
        ReplyMode replyMode,
        Optional<QueueOverride> queue) {

    public Submission {
        if (ticket < 1) {
            throw new IllegalArgumentException("ticket is %d, at least 1".formatted(ticket));
        }
    }
}
