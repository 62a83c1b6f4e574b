package dev.chela.harness.appserver;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** An app-server in a process session of its own: it works on while no Chela is there. */
final class DetachedServer implements ConnectedAppServer.Peer {

    /** The log starts again from nothing beyond this, whenever a Chela connects. */
    private static final long LOG_BYTES_MAX = 4L * 1024 * 1024;

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

    @Override
    public void end() {
        row.process().alive().ifPresent(process -> new ProcessTree(process).end(PATIENCE));
        rows.delete(row.id());
    }

    boolean isAlive() {
        return row.process().alive().isPresent();
    }

    /** The server appends to the file it has open, so emptying it is safe. */
    void boundLog() throws IOException {
        try (var file = new RandomAccessFile(log.toFile(), "rw")) {
            if (file.length() > LOG_BYTES_MAX) {
                file.setLength(0);
            }
        }
    }
}
