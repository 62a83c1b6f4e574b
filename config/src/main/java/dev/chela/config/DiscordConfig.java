package dev.chela.config;

import dev.chela.config.meta.Flat;
import dev.chela.config.meta.KeyMatches;
import java.util.Map;
import java.util.Optional;

/** Discord: its settings, and the accounts with all they inherit. */
public record DiscordConfig(
        @Flat DiscordAccount base,
        Optional<String> defaultAccount,
        @KeyMatches(
                        value = "[a-z0-9][a-z0-9_-]{0,63}",
                        expected = "an account id (a-z, 0-9, _ and -)")
                Map<String, DiscordAccount> accounts) {}
