package dev.chela.harness.session;

import dev.chela.harness.SessionKey;
import dev.chela.harness.Source;
import java.time.Instant;
import java.util.Map;

/**
 * A conversation that was bound to a native thread by hand. While it is {@link State#BOUND} what is
 * said there belongs to a session of its own; the session it had before is left as it was.
 *
 * @param session the session of its own; see {@link SessionKeys#ofClaim}
 * @param usual the session the conversation has otherwise
 * @param holder what claims it, {@code codex}
 * @param by who asked for it; its token names the conversation
 * @param terms what its turns run with, named by whoever claims
 * @param ticket of the message that asked for it
 */
public record Claim(
        SessionKey session,
        SessionKey usual,
        String holder,
        State state,
        Source by,
        Map<String, String> terms,
        long ticket,
        Instant at) {

    /** How far it is. */
    public enum State {
        /** Somebody is asked whether it may be; until then nothing changes. */
        PENDING,
        BOUND
    }

    public Claim {
        terms = Map.copyOf(terms);
    }

    /** The token of the conversation. */
    public String conversation() {
        return by.token();
    }

    public boolean isBound() {
        return state == State.BOUND;
    }

    /** The same, allowed. */
    public Claim bound() {
        return new Claim(session, usual, holder, State.BOUND, by, terms, ticket, at);
    }
}
