package dev.chela.harness.kit;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A wire on which another server takes over: it hears first what the client said before, as far as
 * it must know, and its answers to that are not sent again.
 */
final class TakenWire implements Wire {

    private static final String ID = "before-";

    private final Wire inner;
    private final Deque<String> before;

    private TakenWire(Wire inner, List<String> before) {
        this.inner = inner;
        this.before = new ArrayDeque<>(before);
    }

    /** A client that had introduced itself and follows a thread, and now says {@code line}. */
    static TakenWire of(Wire inner, String thread, String line) {
        var hello =
                Json.object(
                        "method",
                        "initialize",
                        "id",
                        ID + 1,
                        "params",
                        Json.object("clientInfo", Json.object("name", "chela")));
        var resume =
                Json.object(
                        "method",
                        "thread/resume",
                        "id",
                        ID + 2,
                        "params",
                        Json.object("threadId", thread, "excludeTurns", true));
        return new TakenWire(inner, List.of(hello.toString(), resume.toString(), line));
    }

    @Override
    public @Nullable String read() throws IOException {
        var first = before.poll();
        return first == null ? inner.read() : first;
    }

    @Override
    public void write(String line) throws IOException {
        if (!line.contains("\"id\":\"" + ID)) {
            inner.write(line);
        }
    }

    @Override
    public void close() {
        inner.close();
    }
}
