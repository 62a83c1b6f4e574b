package dev.chela.config;

/** Where a referenced secret is kept. */
public enum SecretSource {
    ENV,
    FILE,
    EXEC
}
