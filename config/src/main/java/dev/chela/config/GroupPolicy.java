package dev.chela.config;

/** In which groups the bot listens. */
public enum GroupPolicy {
    ALLOWLIST,
    OPEN,
    DISABLED
}
