package dev.chela.harness.kit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** A wire over two streams, as a child process has them. */
public final class StreamWire implements Wire {

    private final BufferedReader in;
    private final OutputStream out;

    public StreamWire(InputStream in, OutputStream out) {
        this.in = new BufferedReader(new InputStreamReader(in, UTF_8));
        this.out = out;
    }

    @Override
    public @Nullable String read() throws IOException {
        return in.readLine();
    }

    @Override
    public void write(String line) throws IOException {
        var bytes = (line + "\n").getBytes(UTF_8);
        synchronized (out) {
            out.write(bytes);
            out.flush();
        }
    }

    @Override
    public void close() {
        try {
            out.close();
            in.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
