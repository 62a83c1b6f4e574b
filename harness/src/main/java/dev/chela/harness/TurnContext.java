package dev.chela.harness;

import java.util.List;
import java.util.Optional;

/**
 * Which turn something belongs to.
 *
 * @param tickets the inbox tickets this turn answers so far, in arrival order; a confirmed steer
 *     adds its own
 * @param renewal what its answer has to say about its session
 * @param sessionId names the session since it last began anew
 */
public record TurnContext(
        TurnKey key,
        SessionKey session,
        Source source,
        ReplyMode replyMode,
        List<Long> tickets,
        Optional<Renewal> renewal,
        Optional<String> sessionId) {

    /** One with nothing to say about its session. */
    public TurnContext(
            TurnKey key,
            SessionKey session,
            Source source,
            ReplyMode replyMode,
            List<Long> tickets) {
        this(key, session, source, replyMode, tickets, Optional.empty(), Optional.empty());
    }

    public TurnContext {
        tickets = List.copyOf(tickets);
    }
}
