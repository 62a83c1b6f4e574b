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
 * @param model an inline {@code /model}, for the turn this message becomes
 * @param ambient whether it is talk in a room that is only watched
 */
public record Submission(
        long ticket,
        SessionKey session,
        Source source,
        ReplyMode replyMode,
        Optional<QueueOverride> queue,
        Optional<String> model,
        boolean ambient) {

    /** A message to us that says nothing about the model. */
    public Submission(
            long ticket,
            SessionKey session,
            Source source,
            ReplyMode replyMode,
            Optional<QueueOverride> queue) {
        this(ticket, session, source, replyMode, queue, Optional.empty(), false);
    }

    public Submission {
        if (ticket < 1) {
            throw new IllegalArgumentException("ticket is %d, at least 1".formatted(ticket));
        }
    }
}
