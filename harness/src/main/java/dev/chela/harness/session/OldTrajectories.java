package dev.chela.harness.session;

import dev.chela.config.SessionConfig.Maintenance;
import dev.chela.config.state.Database;
import dev.chela.harness.trajectory.TrajectoryFiles;
import dev.chela.harness.trajectory.TrajectoryFiles.Stored;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The trajectories that are to go. One is kept as long as its session or the archive of it, but not
 * longer than an unused session is; the oldest go when all together are too large. Transcripts are
 * worth more: where both share one bound, trajectories go first. In a folder that other bots may
 * use, too, a session that is not known here may be theirs.
 */
final class OldTrajectories {

    /** A file of today may be of a turn that runs, in a session that is stored in a moment. */
    static final Duration AGE_MIN = Duration.ofDays(1);

    /** All of them, where {@code session.maintenance.maxDiskBytes} says nothing. */
    static final long BYTES_MAX = 1L << 30;

    private final TrajectoryFiles files;
    private final List<Stored> due;

    private OldTrajectories(TrajectoryFiles files, List<Stored> due) {
        this.files = files;
        this.due = due;
    }

    /** What is to go at {@code now}. */
    static OldTrajectories of(
            Database database, TrajectoryFiles files, Maintenance rules, Instant now) {
        List<Stored> all = files.all();
        if (all.isEmpty()) {
            return new OldTrajectories(files, List.of());
        }
        Set<String> known = database.readNow(UpkeepRows::sessionIds);
        long transcripts = database.readNow(UpkeepRows::bytes);
        List<Stored> due = new ArrayList<>();
        long bytes = all.stream().mapToLong(Stored::bytes).sum();
        long over = tooMuch(rules, transcripts, bytes);
        for (Stored file : all) {
            Duration age = Duration.between(file.changedAt(), now);
            boolean old = age.compareTo(rules.pruneAfter()) > 0;
            boolean stray =
                    !files.areShared()
                            && !known.contains(file.session())
                            && age.compareTo(AGE_MIN) > 0;
            if (old || stray || over > 0) {
                due.add(file);
                over -= file.bytes();
            }
        }
        return new OldTrajectories(files, due);
    }

    private static long tooMuch(Maintenance rules, long transcripts, long bytes) {
        return rules.maxDiskBytes().isPresent()
                ? SessionUpkeep.tooMuch(rules, transcripts + bytes)
                : Math.max(0, bytes - BYTES_MAX);
    }

    List<Stored> due() {
        return due;
    }

    /** Removes them; how many went. */
    int remove() {
        return (int) due.stream().filter(files::remove).count();
    }
}
