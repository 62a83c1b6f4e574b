package dev.chela.bot;

import dev.chela.harness.Timers;
import dev.chela.harness.appserver.AppServers;
import java.time.Duration;

/** Has app-servers that print to a file looked after: one turn of theirs may take days. */
final class OutputWatch implements AutoCloseable {

    static final Duration EVERY = Duration.ofMinutes(1);

    private final AppServers servers;
    private final Timers timers;
    private volatile Timers.Alarm next;
    private volatile boolean closed;

    /** Begins to look. */
    OutputWatch(AppServers servers, Timers timers) {
        this.servers = servers;
        this.timers = timers;
        this.next = timers.after(EVERY, this::look);
    }

    private void look() {
        try {
            servers.boundOutput();
        } finally {
            if (!closed) {
                next = timers.after(EVERY, this::look);
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        next.cancel();
    }
}
