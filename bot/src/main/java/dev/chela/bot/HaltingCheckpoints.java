package dev.chela.bot;

import dev.chela.config.state.Checkpoints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Checkpoints of the crash suite: halts the JVM at the instant that {@code CHELA_HALT_AT} names
 * ({@code before:inbox.accept}, {@code after:delivery.send#2} for the second time), and writes
 * every name passed to the file in {@code CHELA_CHECKPOINT_LOG}.
 */
final class HaltingCheckpoints implements Checkpoints {

    /** The exit status of a halted process, as after {@code kill -9}. */
    static final int HALTED = 137;

    private final Map<String, AtomicInteger> passed = new ConcurrentHashMap<>();
    private final @Nullable String haltAt;
    private final int haltCount;
    private final @Nullable Path log;

    private HaltingCheckpoints(@Nullable String haltAt, @Nullable Path log) {
        int hash = haltAt == null ? -1 : haltAt.indexOf('#');
        this.haltAt = haltAt == null || hash < 0 ? haltAt : haltAt.substring(0, hash);
        this.haltCount =
                haltAt == null || hash < 0 ? 1 : Integer.parseInt(haltAt.substring(hash + 1));
        this.log = log;
    }

    /** What the environment asks for; nothing when it asks for nothing. */
    static Checkpoints from(Map<String, String> environment) {
        String haltAt = environment.get("CHELA_HALT_AT");
        String log = environment.get("CHELA_CHECKPOINT_LOG");
        if (haltAt == null && log == null) {
            return Checkpoints.none();
        }
        return new HaltingCheckpoints(haltAt, log == null ? null : Path.of(log));
    }

    @Override
    public void before(String name) {
        pass("before:" + name);
    }

    @Override
    public void after(String name) {
        pass("after:" + name);
    }

    private void pass(String instant) {
        int count = passed.computeIfAbsent(instant, key -> new AtomicInteger()).incrementAndGet();
        if (log != null && count == 1) {
            append(log, instant + "\n");
        }
        if (instant.equals(haltAt) && count == haltCount) {
            Runtime.getRuntime().halt(HALTED);
        }
    }

    private static synchronized void append(Path log, String line) {
        try {
            Files.writeString(log, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the checkpoint log " + log, e);
        }
    }
}
