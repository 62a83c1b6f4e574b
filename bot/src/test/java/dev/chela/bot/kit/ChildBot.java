package dev.chela.bot.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A bot in a process of its own, started by the command line as a person starts it. */
public final class ChildBot implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final Path log;

    private ChildBot(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Starts {@code chela} with these words, {@code gateway run}.
     *
     * @param log where its output is appended
     */
    public static ChildBot start(
            Path config, Map<String, String> environment, Path log, String... words)
            throws IOException {
        List<String> command = new ArrayList<>();
        // A session of its own, as a terminal's: what is sent to its group reaches nobody else.
        command.add("setsid");
        // What a shell starts in the background ignores Ctrl-C, and so would all its children.
        command.addAll(List.of("env", "--default-signal=INT"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:-UsePerfData",
                        "--enable-native-access=ALL-UNNAMED"));
        command.addAll(BotJars.options());
        command.addAll(List.of("dev.chela.bot.cli.Main", "--config", config.toString()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        return new ChildBot(builder.start(), log);
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** The exit status, once it has ended. */
    public int status() {
        return process.exitValue();
    }

    /** Ends it as {@code kill -9} does. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** Sends what Ctrl-C sends: an interrupt to the whole process group of the terminal. */
    public void interrupt() throws IOException {
        new ProcessBuilder("kill", "-INT", "--", "-" + process.pid()).inheritIO().start();
    }

    /** What it printed. */
    public String output() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks it to end, as a service does, and waits. */
    @Override
    public void close() {
        process.destroy();
        awaitEnd();
    }

    /** Waits until this log has told of so many starts. */
    public void awaitReady(int starts) {
        Await.until(
                "a start",
                () ->
                        output().lines().filter(line -> line.startsWith("chela is ready")).count()
                                >= starts,
                this::output);
    }

    public long pid() {
        return process.pid();
    }

    public void awaitEnd() {
        try {
            if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("the bot did not end:\n" + output());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while a bot ended", e);
        }
    }
}
