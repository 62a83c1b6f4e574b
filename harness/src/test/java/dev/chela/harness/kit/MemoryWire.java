package dev.chela.harness.kit;

import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A wire within the process. Closing either end ends both, after what was written was read. */
public final class MemoryWire implements Wire {

    private static final int LINES_MAX = 100_000;
    private static final String END = new String("end of wire");

    private final BlockingQueue<String> in;
    private final BlockingQueue<String> out;
    private volatile boolean closed;
    private volatile @Nullable MemoryWire other;

    private MemoryWire(BlockingQueue<String> in, BlockingQueue<String> out) {
        this.in = in;
        this.out = out;
    }

    /** Two ends of one wire. */
    public record Ends(MemoryWire client, MemoryWire server) {}

    public static Ends pair() {
        var toServer = new LinkedBlockingQueue<String>(LINES_MAX);
        var toClient = new LinkedBlockingQueue<String>(LINES_MAX);
        var client = new MemoryWire(toClient, toServer);
        var server = new MemoryWire(toServer, toClient);
        client.other = server;
        server.other = client;
        return new Ends(client, server);
    }

    @Override
    @SuppressWarnings("ReferenceEquality")
    public @Nullable String read() throws IOException {
        try {
            var line = in.take();
            if (line == END) {
                in.add(END);
                return null;
            }
            return line;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while reading", e);
        }
    }

    @Override
    public void write(String line) throws IOException {
        if (closed) {
            throw new IOException("the wire is closed");
        }
        try {
            if (!out.offer(line, 10, TimeUnit.SECONDS)) {
                throw new IOException("nobody has read for ten seconds");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while writing", e);
        }
    }

    @Override
    public void close() {
        end();
        var peer = other;
        if (peer != null) {
            peer.end();
        }
    }

    private void end() {
        if (!closed) {
            closed = true;
            in.add(END);
        }
    }
}
