package dev.chela.harness.appserver;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Drains what a child logs, so that it never blocks, and keeps the last 2 000 characters. */
final class StderrTail {

    static final int CHARS_MAX = 2_000;

    private static final Logger log = LoggerFactory.getLogger(StderrTail.class);

    private final StringBuilder tail = new StringBuilder();
    private final Thread thread;

    StderrTail(InputStream stderr) {
        thread = Thread.ofVirtual().name("app-server-stderr").start(() -> drain(stderr));
    }

    synchronized String text() {
        return tail.toString();
    }

    /** Waits for the end of the stream, at most {@code millis}. */
    void awaitEnd(long millis) throws InterruptedException {
        thread.join(java.time.Duration.ofMillis(millis));
    }

    private void drain(InputStream stderr) {
        char[] chunk = new char[4_096];
        try (var reader =
                new BufferedReader(new InputStreamReader(stderr, StandardCharsets.UTF_8))) {
            for (int read = reader.read(chunk); read >= 0; read = reader.read(chunk)) {
                keep(chunk, read);
            }
        } catch (IOException e) {
            log.debug("the app-server's log ended: {}", e.toString());
        }
    }

    private synchronized void keep(char[] chunk, int length) {
        tail.append(chunk, 0, length);
        if (tail.length() > CHARS_MAX) {
            tail.delete(0, tail.length() - CHARS_MAX);
        }
    }
}
