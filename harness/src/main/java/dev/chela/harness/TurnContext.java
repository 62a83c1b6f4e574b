package dev.chela.harness;

import java.util.List;

/**
 * Which turn something belongs to.
 *
 * @param tickets the inbox tickets this turn answers so far, in arrival order; a confirmed steer
 *     adds its own
 */
public record TurnContext(
        TurnKey key, SessionKey session, Source source, ReplyMode replyMode, List<Long> tickets) {

    public TurnContext {
        tickets = List.copyOf(tickets);
    }
}
