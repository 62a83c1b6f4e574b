package dev.chela.harness;

import java.util.Objects;

/** Codex's name of a thread. */
public record ThreadId(String value) {

    public ThreadId {
        Objects.requireNonNull(value, "value is null");
    }

    @Override
    public String toString() {
        return value;
    }
}
