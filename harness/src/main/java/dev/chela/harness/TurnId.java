package dev.chela.harness;

import java.util.Objects;

/** Codex's name of a turn. */
public record TurnId(String value) {

    public TurnId {
        Objects.requireNonNull(value, "value is null");
    }

    @Override
    public String toString() {
        return value;
    }
}
