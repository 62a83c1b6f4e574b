package dev.chela.harness.trajectory;

import dev.chela.config.load.Environment;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Whether trajectories are written, and where.
 *
 * @param directory that all of them go to; empty keeps each beside its agent
 */
public record TrajectorySettings(boolean on, Optional<Path> directory) {

    private static final Set<String> OFF = Set.of("0", "false", "off", "no");

    /** On unless {@code CHELA_TRAJECTORY} says no. */
    public static TrajectorySettings of(Environment environment) {
        boolean off =
                environment
                        .get("CHELA_TRAJECTORY")
                        .filter(value -> OFF.contains(value.strip().toLowerCase(Locale.ROOT)))
                        .isPresent();
        return new TrajectorySettings(!off, environment.get("CHELA_TRAJECTORY_DIR").map(Path::of));
    }
}
