package dev.chela.config;

/** Which reactions the next turn hears of. */
public enum ReactionNotifications {
    OFF,
    OWN,
    ALL,
    ALLOWLIST
}
