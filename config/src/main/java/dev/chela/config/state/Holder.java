package dev.chela.config.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The process that holds a state directory.
 *
 * @param port the port of its HTTP server, 0 while it has none
 */
public record Holder(long pid, ProcessStart start, int port) {

    /** This process, without a port. */
    public static Holder self() {
        ProcessHandle process = ProcessHandle.current();
        return new Holder(process.pid(), ProcessStart.of(process), 0);
    }

    public Holder withPort(int newPort) {
        return new Holder(pid, start, newPort);
    }

    /** That very process, if it still runs. */
    public Optional<ProcessHandle> process() {
        return start.process(pid);
    }

    /** Whether that very process still runs. */
    public boolean isAlive() {
        return process().isPresent();
    }

    String toText() {
        String text = "pid=" + pid + "\nstart=" + start.instant() + "\nport=" + port + "\n";
        return start.ticks()
                .map(ticks -> text + "boot=" + ticks.boot() + "\nticks=" + ticks.count() + "\n")
                .orElse(text);
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
                            start(fields),
                            Integer.parseInt(fields.getOrDefault("port", ""))));
        } catch (NumberFormatException | DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static ProcessStart start(Map<String, String> fields) {
        Instant instant = Instant.parse(fields.getOrDefault("start", ""));
        return new ProcessStart(
                instant,
                Optional.ofNullable(fields.get("boot"))
                        .map(
                                boot ->
                                        new ProcessStart.Ticks(
                                                boot,
                                                Long.parseLong(fields.getOrDefault("ticks", "")))));
    }
}
