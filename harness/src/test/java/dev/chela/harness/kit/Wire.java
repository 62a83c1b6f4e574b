package dev.chela.harness.kit;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One end of a connection that carries a JSON message a line. */
public interface Wire extends AutoCloseable {

    /** The next line; null at the end. One thread reads. */
    @Nullable String read() throws IOException;

    /** Writes one line whole; many threads may. */
    void write(String line) throws IOException;

    @Override
    void close();
}
