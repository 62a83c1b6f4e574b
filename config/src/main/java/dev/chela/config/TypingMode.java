package dev.chela.config;

/** When a chat shows that the bot is writing. */
public enum TypingMode {
    NEVER,
    MESSAGE,
    THINKING,
    INSTANT
}
