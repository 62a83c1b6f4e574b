package dev.chela.bot;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** How long each stage of a start took, counted from the start of the process. */
public final class Stages {

    private final InstantSource clock;
    private final Instant begun;
    private final Map<String, Duration> stages = new LinkedHashMap<>();
    private Instant last;

    private Stages(InstantSource clock, Instant begun) {
        this.clock = clock;
        this.begun = begun;
        this.last = begun;
    }

    /** Counts from the moment the operating system started this process. */
    public static Stages ofProcess(InstantSource clock) {
        Instant now = clock.instant();
        return new Stages(clock, now.minus(ProcessAge.own(clock).orElse(Duration.ZERO)));
    }

    /** Ends the stage that began when the one before it ended. */
    public synchronized void done(String stage) {
        Instant now = clock.instant();
        stages.put(stage, Duration.between(last, now));
        last = now;
    }

    /** How long ago the process began. */
    public Duration age() {
        return Duration.between(begun, clock.instant());
    }

    /** From the start of the process to the end of the last stage. */
    public synchronized Duration total() {
        return Duration.between(begun, last);
    }

    /** {@code total_ms=812 jvm_ms=310 config_ms=40 …}. */
    @Override
    public synchronized String toString() {
        return "total_ms=%d ".formatted(total().toMillis())
                + stages.entrySet().stream()
                        .map(stage -> stage.getKey() + "_ms=" + stage.getValue().toMillis())
                        .collect(Collectors.joining(" "));
    }
}
