package dev.chela.harness.appserver;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An app-server in a process session of its own: it works on while no Chela is there. */
final class DetachedServer implements ConnectedAppServer.Peer {

    private static final Logger logger = LoggerFactory.getLogger(DetachedServer.class);

    /** Beyond this the log starts again from nothing, whenever a running Chela looks. */
    static final long LOG_BYTES_MAX = 4L * 1024 * 1024;

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final ServerRows rows;
    private final ServerRows.Row row;
    private final Path log;

    DetachedServer(ServerRows rows, ServerRows.Row row, Path log) {
        this.rows = rows;
        this.row = row;
        this.log = log;
    }

    @Override
    public Optional<Long> pid() {
        return Optional.of(row.process().pid());
    }

    @Override
    public String stderrTail() {
        try (var file = new RandomAccessFile(log.toFile(), "r")) {
            long from = Math.max(0, file.length() - StderrTail.CHARS_MAX);
            byte[] tail = new byte[(int) (file.length() - from)];
            file.seek(from);
            file.readFully(tail);
            return new String(tail, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    /**
     * Ends it and forgets it.
     *
     * @throws ConnectionClosedException if it runs on all the same: a second one beside it would
     *     write the same threads
     */
    @Override
    public void end() {
        row.process().alive().ifPresent(process -> new ProcessTree(process).end(PATIENCE));
        if (isAlive()) {
            throw new ConnectionClosedException(
                    "an earlier app-server, process %d, cannot be ended; end it by hand"
                            .formatted(row.process().pid()),
                    null);
        }
        rows.delete(row.id());
    }

    boolean isAlive() {
        return row.process().alive().isPresent();
    }

    /** The server appends to the file it has open, so emptying it is safe. */
    @Override
    public void boundOutput() {
        try {
            if (Files.exists(log) && Files.size(log) > LOG_BYTES_MAX) {
                try (var file = new RandomAccessFile(log.toFile(), "rw")) {
                    file.setLength(0);
                }
            }
        } catch (IOException e) {
            logger.warn("the app-server's output in {} cannot be bounded: {}", log, e.toString());
        }
    }
}
