package dev.chela.channels.access;

/** Which groups and channels we take part in. */
public enum GroupPolicy {
    /** Only groups that are named, and in them only people on the list. */
    ALLOWLIST,
    OPEN,
    DISABLED
}
