package dev.chela.channels.web.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The system's packages, where we may install one. */
final class SystemPackages {

    private static final long MINUTES_MAX = 8;
    private static final int LINES_MAX = 5;

    private SystemPackages() {}

    /**
     * Installs a package.
     *
     * @param apt the program {@code apt-get}
     * @return why it failed; empty if it did not
     */
    static Optional<String> install(Path apt, String name) {
        // An old list may still do; what the installation says is what counts.
        Optional<String> stale = run(apt, "update", "-qq");
        return run(apt, "install", "-y", "-qq", "--no-install-recommends", name)
                .map(why -> stale.map(before -> before + System.lineSeparator() + why).orElse(why));
    }

    private static Optional<String> run(Path program, String... words) {
        String line = program.getFileName() + " " + String.join(" ", words);
        try {
            Path said = Files.createTempFile("packages", ".txt");
            try {
                return run(program, List.of(words), said).map(end -> "%s %s".formatted(line, end));
            } finally {
                Files.delete(said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + line, e);
        }
    }

    private static Optional<String> run(Path program, List<String> words, Path said)
            throws IOException {
        ProcessBuilder command = new ProcessBuilder(program.toString());
        command.command().addAll(words);
        command.environment().put("DEBIAN_FRONTEND", "noninteractive");
        Process process = command.redirectErrorStream(true).redirectOutput(said.toFile()).start();
        try {
            if (!process.waitFor(MINUTES_MAX, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                return Optional.of("was not done after " + MINUTES_MAX + " minutes: " + end(said));
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + program + " ran", e);
        }
        return process.exitValue() == 0
                ? Optional.empty()
                : Optional.of("ended with %d: %s".formatted(process.exitValue(), end(said)));
    }

    private static String end(Path said) throws IOException {
        List<String> lines = Files.readAllLines(said);
        return String.join(
                System.lineSeparator(),
                lines.subList(Math.max(0, lines.size() - LINES_MAX), lines.size()));
    }
}
