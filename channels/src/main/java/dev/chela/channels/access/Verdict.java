package dev.chela.channels.access;

/** What may become of one event. */
public sealed interface Verdict {

    /**
     * It is for us.
     *
     * @param owner whether the sender owns the bot
     * @param commandsAllowed whether the sender may give commands here
     */
    record Admitted(boolean owner, boolean commandsAllowed) implements Verdict {}

    /**
     * It is not for us, but the next turn may see it.
     *
     * @param keepText whether its text may be stored
     */
    record Context(boolean keepText) implements Verdict {}

    /** A stranger who may ask for approval. */
    record PairingNeeded() implements Verdict {}

    /** It is not looked at; only ids and the reason are kept. */
    record Refused(String reason) implements Verdict {}
}
