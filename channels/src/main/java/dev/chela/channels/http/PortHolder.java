package dev.chela.channels.http;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Finds out who listens on a port, where the system shows it (Linux). */
final class PortHolder {

    private static final String LISTENING = "0A";

    private PortHolder() {}

    /** Words for a person: the program and its process id, or that it could not be seen. */
    static String describe(int port) {
        return pidOf(port).map(PortHolder::nameOf).orElse("another process");
    }

    private static String nameOf(long pid) {
        String program =
                ProcessHandle.of(pid)
                        .flatMap(process -> process.info().command())
                        .map(command -> Path.of(command).getFileName().toString())
                        .orElse("a program");
        return pid == ProcessHandle.current().pid()
                ? "this very process"
                : program + " (process " + pid + ")";
    }

    private static Optional<Long> pidOf(int port) {
        Set<String> inodes = new HashSet<>();
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            inodes.addAll(inodesOf(Path.of(table), port));
        }
        if (inodes.isEmpty()) {
            return Optional.empty();
        }
        return ProcessHandle.allProcesses()
                .map(ProcessHandle::pid)
                .filter(pid -> holdsOne(pid, inodes))
                .findFirst();
    }

    private static Set<String> inodesOf(Path table, int port) {
        Set<String> inodes = new HashSet<>();
        String suffix = ":%04X".formatted(port);
        try (Stream<String> lines = Files.lines(table)) {
            lines.skip(1)
                    .map(line -> line.strip().split("\\s+"))
                    .filter(row -> row.length > 9)
                    .filter(row -> row[1].endsWith(suffix) && row[3].equals(LISTENING))
                    .forEach(row -> inodes.add("socket:[" + row[9] + "]"));
        } catch (IOException e) {
            return Set.of();
        }
        return inodes;
    }

    private static boolean holdsOne(long pid, Set<String> inodes) {
        Path directory = Path.of("/proc", Long.toString(pid), "fd");
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                if (inodes.contains(target(entry))) {
                    return true;
                }
            }
        } catch (IOException e) {
            return false;
        }
        return false;
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return "";
        }
    }
}
