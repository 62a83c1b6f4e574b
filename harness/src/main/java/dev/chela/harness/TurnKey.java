package dev.chela.harness;

import java.util.Objects;

/** Names one turn of ours, before Codex has a name for it; a random UUID. */
public record TurnKey(String value) {

    public TurnKey {
        Objects.requireNonNull(value, "value is null");
    }

    @Override
    public String toString() {
        return value;
    }
}
