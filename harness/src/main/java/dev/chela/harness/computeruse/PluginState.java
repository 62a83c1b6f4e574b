package dev.chela.harness.computeruse;

/** What is known of the plugin. */
public enum PluginState {
    INSTALLED,
    /** Installed, and switched off in Codex. */
    SWITCHED_OFF,
    NOT_INSTALLED,
    /** Nothing: it was not found, or nobody looked. */
    UNKNOWN
}
