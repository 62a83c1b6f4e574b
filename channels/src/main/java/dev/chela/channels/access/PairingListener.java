package dev.chela.channels.access;

/** Told about approvals after they are on disk; config writes belong to others. */
@FunctionalInterface
public interface PairingListener {

    /**
     * Somebody was let in.
     *
     * @param first whether nobody had been approved before on any channel: the one who becomes the
     *     owner where none is configured
     */
    void approved(Approval approval, boolean first);
}
