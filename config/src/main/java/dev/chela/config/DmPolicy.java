package dev.chela.config;

/** Who may talk to the bot in private. */
public enum DmPolicy {
    PAIRING,
    ALLOWLIST,
    OPEN,
    DISABLED
}
