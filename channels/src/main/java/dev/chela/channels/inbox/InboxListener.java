package dev.chela.channels.inbox;

import dev.chela.channels.ButtonPress;
import java.time.Duration;

/**
 * Takes rows over from the inbox, in ticket order per conversation.
 *
 * <p>Called on a virtual thread of the conversation and may block; only that conversation waits.
 * Every row handed over has to be closed with an outcome some time; one that is not is handed over
 * again at the next start. A call that throws is logged and leaves the row open.
 */
public interface InboxListener {

    /**
     * How long more words of the same sender are waited for before a row is handed over; zero hands
     * it over at once. Rows that may wait and come within it become one, the last one.
     */
    default Duration quiet(InboxRow row) {
        return Duration.ZERO;
    }

    /** Somebody who may talk to us said or pressed something. */
    void accepted(InboxRow row);

    /** Somebody who may not talk to us pressed a button: a refusal is all there is to do. */
    default void refused(ButtonPress press) {}

    /** A stranger has to be told {@code code}; close the row as {@link Outcome#PAIRED}. */
    void pairing(InboxRow row, String code);
}
