package dev.chela.bot.cli;

import dev.chela.harness.appserver.managed.SharedCache;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code chela} as a process with a home of its own. */
final class ChelaProcess implements AutoCloseable {

    private static final long SECONDS_MAX = 60;

    private final Process process;
    private final Path errors;

    private ChelaProcess(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
    }

    /** What a finished command said. */
    record Said(int exit, String out, String err) {}

    /** Runs a command to its end. */
    static Said run(Path home, String... arguments) throws IOException, InterruptedException {
        return run(home, List.of(), arguments);
    }

    /** Runs a command that reads these lines and then the end of its input. */
    static Said run(Path home, List<String> input, String... arguments)
            throws IOException, InterruptedException {
        try (ChelaProcess command = start(home, arguments)) {
            try (Writer in = command.process.outputWriter(StandardCharsets.UTF_8)) {
                for (String line : input) {
                    in.write(line + "\n");
                }
            }
            String out =
                    new String(
                            command.process.getInputStream().readAllBytes(),
                            StandardCharsets.UTF_8);
            return new Said(command.exit(), out, command.err());
        }
    }

    static ChelaProcess start(Path home, String... arguments) throws IOException {
        return start(home, List.of(), arguments);
    }

    /** Starts a command on a JVM with more options. */
    static ChelaProcess start(Path home, List<String> options, String... arguments)
            throws IOException {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(
                List.of(
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xshare:auto",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Duser.home=" + home));
        line.addAll(options);
        line.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        line.addAll(Arrays.asList(arguments));
        Path errors = Files.createTempFile(home, "stderr", ".txt");
        ProcessBuilder builder = new ProcessBuilder(line);
        builder.environment().keySet().removeIf(name -> name.matches("(CHELA|OPENCLAW)_.*"));
        builder.environment().keySet().removeIf(name -> name.matches(".*(API_KEY|BOT_TOKEN)"));
        builder.environment().put("HOME", home.toString());
        builder.environment().put("CHELA_CACHE_DIR", SharedCache.root().toString());
        builder.directory(home.toFile()).redirectError(errors.toFile());
        return new ChelaProcess(builder.start(), errors);
    }

    long pid() {
        return process.pid();
    }

    /** Types a line. */
    void says(String text) throws IOException {
        Writer in = process.outputWriter(StandardCharsets.UTF_8);
        in.write(text + "\n");
        in.flush();
    }

    /** Reads on until a line has {@code text}; the line. */
    String awaitLine(String text) throws IOException {
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.contains(text)) {
                return line;
            }
        }
        throw new IOException("it ended without saying \"" + text + "\": " + err());
    }

    /** What it said after the last line that was awaited, to its end. */
    String rest() throws IOException {
        return process.inputReader(StandardCharsets.UTF_8).readAllAsString();
    }

    /** By the signal alone: its input and output stay open. */
    void terminate() {
        process.toHandle().destroy();
    }

    int exit() throws InterruptedException, IOException {
        if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
            throw new IOException("still runs after " + SECONDS_MAX + " s: " + err());
        }
        return process.exitValue();
    }

    String err() throws IOException {
        return Files.readString(errors);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
