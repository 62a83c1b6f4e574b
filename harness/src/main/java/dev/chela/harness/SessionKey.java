package dev.chela.harness;

import java.util.Objects;

/**
 * Names a session, {@code agent:main:telegram:direct:42}; one lane, one thread binding each
 * (sessions-and-routing §1.1).
 */
public record SessionKey(String value) {

    public SessionKey {
        Objects.requireNonNull(value, "value is null");
    }

    @Override
    public String toString() {
        return value;
    }
}
