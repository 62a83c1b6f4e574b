package dev.chela.channels.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;

/** Server-sent events to one page; for the one thread that serves the call. */
public final class EventStream implements AutoCloseable {

    private final OutputStream out;
    private final StreamSlots slots;
    private final AtomicBoolean closed = new AtomicBoolean();

    EventStream(OutputStream out, StreamSlots slots) {
        this.out = out;
        this.slots = slots;
    }

    /** Sends an event that the page may ask to continue after. */
    public void send(long id, String name, String json) throws IOException {
        write("id: " + id + "\nevent: " + name + "\ndata: " + json + "\n\n");
    }

    /** Sends an event that is not part of any log. */
    public void send(String name, String json) throws IOException {
        write("event: " + name + "\ndata: " + json + "\n\n");
    }

    private void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        slots.release();
        try {
            out.close();
        } catch (IOException e) {
            // The page is gone already.
            return;
        }
    }
}
