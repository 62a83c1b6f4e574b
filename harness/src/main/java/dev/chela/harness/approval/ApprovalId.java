package dev.chela.harness.approval;

import java.util.Objects;

/** Names an approval; short enough to type, and any prefix that fits only one will do. */
public record ApprovalId(String value) {

    public ApprovalId {
        Objects.requireNonNull(value, "value is null");
    }

    @Override
    public String toString() {
        return value;
    }
}
