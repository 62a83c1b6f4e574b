package dev.chela.channels.access;

/** Who may write to us directly. */
public enum DmPolicy {
    /** People on the list and people an operator approved; strangers get a code. */
    PAIRING,
    /** People on the list and people an operator approved; strangers are refused. */
    ALLOWLIST,
    /** People on the list, which holds {@code *}. */
    OPEN,
    DISABLED
}
