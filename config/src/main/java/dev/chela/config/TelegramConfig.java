package dev.chela.config;

import dev.chela.config.meta.Flat;
import dev.chela.config.meta.KeyMatches;
import java.util.Map;
import java.util.Optional;

/**
 * Telegram: its settings, and the accounts.
 *
 * <p>After loading, {@code accounts} has every account with all it inherits; nobody needs to merge.
 */
public record TelegramConfig(
        @Flat TelegramAccount base,
        Optional<String> defaultAccount,
        @KeyMatches(
                        value = "[a-z0-9][a-z0-9_-]{0,63}",
                        expected = "an account id (a-z, 0-9, _ and -)")
                Map<String, TelegramAccount> accounts) {}
