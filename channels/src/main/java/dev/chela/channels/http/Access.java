package dev.chela.channels.http;

/** Who may call a mounted path. */
public enum Access {
    /** Anyone who reaches the address. */
    OPEN,
    /** Whoever shows the access token: as a cookie, or as {@code Authorization: Bearer}. */
    TOKEN,
    /** As {@link #TOKEN}, also where the operator lets this machine's pages in without one. */
    CONTROL
}
