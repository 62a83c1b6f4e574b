package dev.chela.config;

/** How much of the tools' work is shown. */
public enum VerboseLevel {
    OFF,
    ON,
    FULL
}
