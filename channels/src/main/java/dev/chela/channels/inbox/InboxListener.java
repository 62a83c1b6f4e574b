package dev.chela.channels.inbox;

/**
 * Takes rows over from the inbox, in ticket order per conversation.
 *
 * <p>Called on a virtual thread of the conversation and may block; only that conversation waits.
 * Every row handed over has to be closed with an outcome some time; one that is not is handed over
 * again at the next start. A call that throws is logged and leaves the row open.
 */
public interface InboxListener {

    /** Somebody who may talk to us said or pressed something. */
    void accepted(InboxRow row);

    /** A stranger has to be told {@code code}; close the row as {@link Outcome#PAIRED}. */
    void pairing(InboxRow row, String code);
}
