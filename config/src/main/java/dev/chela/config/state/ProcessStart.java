package dev.chela.config.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a process began: tells it from every other that had or will have its pid.
 *
 * @param instant by the clock, which may have been set since; the epoch if unknown
 * @param ticks by the kernel, which no clock moves; empty where there is no Linux, and in what was
 *     written before these were kept
 */
public record ProcessStart(Instant instant, Optional<Ticks> ticks) {

    private static final Duration CLOCK_GRAIN = Duration.ofMillis(50);
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
    private static final int START_FIELD = 22;
    private static final int FIRST_FIELD_AFTER_NAME = 3;

    /**
     * A point in one run of the kernel.
     *
     * @param boot which run
     * @param count since it began
     */
    public record Ticks(String boot, long count) {}

    /** The start of a process as it can be told now. */
    public static ProcessStart of(ProcessHandle process) {
        Optional<Ticks> ticks = ticks(process.pid());
        return new ProcessStart(
                process.info().startInstant().orElse(Instant.EPOCH),
                // The pid may have become another's before it was read.
                process.isAlive() ? ticks : Optional.empty());
    }

    /**
     * That very process, if it still runs and there is no doubt that it is the one.
     *
     * @param pid the one it had
     */
    public Optional<ProcessHandle> process(long pid) {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process -> isThatOf(of(process)));
    }

    private boolean isThatOf(ProcessStart found) {
        if (ticks.isPresent()) {
            return ticks.equals(found.ticks);
        }
        return !instant.equals(Instant.EPOCH)
                && Duration.between(found.instant, instant).abs().compareTo(CLOCK_GRAIN) <= 0;
    }

    private static Optional<Ticks> ticks(long pid) {
        try {
            String boot = Files.readString(BOOT_ID).strip();
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            long count = Long.parseLong(fields[START_FIELD - FIRST_FIELD_AFTER_NAME]);
            return boot.isEmpty() ? Optional.empty() : Optional.of(new Ticks(boot, count));
        } catch (IOException | NumberFormatException | IndexOutOfBoundsException unreadable) {
            return Optional.empty();
        }
    }
}
