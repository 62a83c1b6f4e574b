package dev.chela.config.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The process that holds a state directory.
 *
 * @param start when the process began, as the operating system tells it; tells a reused pid apart
 * @param port the port of its HTTP server, 0 while it has none
 */
public record Holder(long pid, Instant start, int port) {

    private static final Duration START_TOLERANCE = Duration.ofMillis(50);

    /** This process, without a port. */
    public static Holder self() {
        ProcessHandle process = ProcessHandle.current();
        return new Holder(process.pid(), startOf(process), 0);
    }

    public Holder withPort(int newPort) {
        return new Holder(pid, start, newPort);
    }

    /** Whether that very process still runs. */
    public boolean isAlive() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .map(Holder::startOf)
                .filter(
                        found ->
                                Duration.between(found, start).abs().compareTo(START_TOLERANCE)
                                        <= 0)
                .isPresent();
    }

    private static Instant startOf(ProcessHandle process) {
        return process.info().startInstant().orElse(Instant.EPOCH);
    }

    String toText() {
        return "pid=" + pid + "\nstart=" + start + "\nport=" + port + "\n";
    }

    static Optional<Holder> read(Path file) {
        try {
            return parse(Files.readString(file));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<Holder> parse(String text) {
        Map<String, String> fields = new HashMap<>();
        for (String line : text.lines().toList()) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                fields.put(line.substring(0, equals), line.substring(equals + 1));
            }
        }
        try {
            return Optional.of(
                    new Holder(
                            Long.parseLong(fields.getOrDefault("pid", "")),
                            Instant.parse(fields.getOrDefault("start", "")),
                            Integer.parseInt(fields.getOrDefault("port", ""))));
        } catch (NumberFormatException | DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
