package dev.chela.harness.trajectory;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.Optional;

/** Takes a line's bytes up to a bound, and from there on only counts them. */
final class BoundedLine extends OutputStream {

    private final int max;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream(1_024);
    private long bytes;

    BoundedLine(int max) {
        this.max = max;
    }

    @Override
    public void write(int one) {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] some, int from, int length) {
        bytes += length;
        if (bytes <= max) {
            kept.write(some, from, length);
        }
    }

    long bytes() {
        return bytes;
    }

    /** All of it; empty if that was too much. */
    Optional<byte[]> line() {
        return bytes <= max ? Optional.of(kept.toByteArray()) : Optional.empty();
    }
}
