package dev.chela.harness.appserver;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** One message a line over a pair of streams: the standard input and output of a child. */
final class StreamTransport implements Transport {

    /** The longest line that is read; a longer one is skipped. */
    static final int LINE_BYTES_MAX = 32 * 1024 * 1024;

    private final LineReader in;
    private final InputStream source;
    private final OutputStream out;
    private final Supplier<String> lastWords;
    private final Runnable onClose;

    /**
     * Takes both streams over.
     *
     * @param lastWords why the stream ended, asked once it did
     * @param onClose what else ends with the connection
     */
    StreamTransport(
            InputStream in, OutputStream out, Supplier<String> lastWords, Runnable onClose) {
        this.in = new LineReader(in, LINE_BYTES_MAX);
        this.source = in;
        this.out = out;
        this.lastWords = lastWords;
        this.onClose = onClose;
    }

    @Override
    public String endpoint() {
        return "stdio";
    }

    @Override
    public long bytesMax() {
        return LINE_BYTES_MAX;
    }

    @Override
    public void send(String message) throws IOException {
        try {
            out.write((message + "\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            // A broken pipe says nothing; why the peer went away does.
            throw new IOException(lastWords.get(), e);
        }
    }

    @Override
    public Frame receive() {
        try {
            return in.next().orElseGet(() -> new Frame.End(lastWords.get()));
        } catch (IOException e) {
            return new Frame.End(lastWords.get());
        }
    }

    @Override
    public void close() {
        onClose.run();
        closeQuietly(out);
        closeQuietly(source);
    }

    private static void closeQuietly(Closeable stream) {
        try {
            stream.close();
        } catch (IOException e) {
            // The peer may have closed first; there is nothing left to save.
        }
    }
}
