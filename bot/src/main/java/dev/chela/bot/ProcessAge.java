package dev.chela.bot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * How long a process has run. Linux tells the start in hundredths of a second since the machine's
 * own start; the JDK makes an instant of that which may be a whole second off, since Linux tells
 * when the machine started in seconds only.
 */
final class ProcessAge {

    private static final long TICK_MS = 10;
    private static final int START_FIELD = 19;

    private ProcessAge() {}

    static Optional<Duration> own(InstantSource clock) {
        try {
            return Optional.of(
                    of(
                            Files.readString(Path.of("/proc/self/stat")),
                            Files.readString(Path.of("/proc/uptime"))));
        } catch (IOException | RuntimeException elsewhere) {
            return ProcessHandle.current()
                    .info()
                    .startInstant()
                    .map(start -> Duration.between(start, clock.instant()));
        }
    }

    /** From the two files; the program's name, in brackets, may hold anything. */
    static Duration of(String stat, String uptime) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        long started = Long.parseLong(fields[START_FIELD]) * TICK_MS;
        long now = Math.round(Double.parseDouble(uptime.split(" ")[0]) * 1000);
        return Duration.ofMillis(Math.max(0, now - started));
    }
}
