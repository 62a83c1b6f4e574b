package dev.chela.config.secret;

import dev.chela.config.Secret;
import java.util.Optional;

/** What came of looking for a secret. */
public sealed interface SecretAnswer {

    /** Found. */
    record Available(Secret value) implements SecretAnswer {}

    /** Configured but not to be had; the reason names no value. */
    record Unavailable(String reason) implements SecretAnswer {}

    /** The secret, if it was found. */
    default Optional<Secret> secret() {
        return switch (this) {
            case Available available -> Optional.of(available.value());
            case Unavailable _ -> Optional.empty();
        };
    }
}
