package dev.chela.harness;

import java.util.Objects;

/**
 * Names one input given to a turn; goes out as {@code clientUserMessageId} and proves, coming back
 * as {@code clientId}, that Codex took it.
 */
public record InputKey(String value) {

    public InputKey {
        Objects.requireNonNull(value, "value is null");
    }

    @Override
    public String toString() {
        return value;
    }
}
