package dev.chela.config;

/** Which Chela this is. */
public final class Release {

    /** Its version, as the poms have it. */
    public static final String VERSION = "0.1.0";

    private Release() {}
}
