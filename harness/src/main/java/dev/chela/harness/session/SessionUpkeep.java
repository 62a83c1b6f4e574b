package dev.chela.harness.session;

import dev.chela.config.SessionConfig.Maintenance;
import dev.chela.config.state.Database;
import dev.chela.harness.session.UpkeepRows.Aged;
import dev.chela.harness.trajectory.TrajectoryFiles;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps stored sessions within {@code session.maintenance} (sessions-and-routing §1.2): what was
 * not used for long becomes an archive, archives go when they are old, both go when they are too
 * many or too large. Never a session that a group or thread points at or a conversation is bound
 * to, nor one with anything open.
 *
 * <p>One run does a bounded amount, in small commits; the next goes on.
 */
public final class SessionUpkeep {

    private static final Logger log = LoggerFactory.getLogger(SessionUpkeep.class);
    private static final int ROWS_MAX = 500;
    private static final int STRAYS_LOOKED_AT_MAX = 5_000;
    private static final int JOBS_MAX = 200;
    private static final double HIGH_WATER = 0.8;

    private final Database database;
    private final InstantSource clock;
    private final Predicate<Aged> drop;
    private final Optional<TrajectoryFiles> trajectories;

    /** Upkeep of a bot that does not run. */
    public SessionUpkeep(Database database, InstantSource clock) {
        this(
                database,
                clock,
                session ->
                        database.writeNow(
                                "session.drop",
                                handle -> UpkeepRows.drop(handle, session, clock.instant())));
    }

    SessionUpkeep(Database database, InstantSource clock, Predicate<Aged> drop) {
        this(database, clock, drop, Optional.empty());
    }

    private SessionUpkeep(
            Database database,
            InstantSource clock,
            Predicate<Aged> drop,
            Optional<TrajectoryFiles> trajectories) {
        this.database = database;
        this.clock = clock;
        this.drop = drop;
        this.trajectories = trajectories;
    }

    /** The same, and of the sessions' trajectories too. */
    public SessionUpkeep with(TrajectoryFiles files) {
        return new SessionUpkeep(database, clock, drop, Optional.of(files));
    }

    /**
     * What a run did, or would do.
     *
     * @param sessions that became archives
     * @param archives that went for good
     * @param trajectories that went for good
     * @param bytes of transcripts, before
     */
    public record Report(int sessions, int archives, int trajectories, long bytes) {}

    /** What is due now; changes nothing. */
    public Report due(Maintenance rules) {
        Plan plan = plan(rules);
        return new Report(
                plan.sessions().size(),
                plan.archives().size(),
                trajectories.map(files -> old(files, rules).due().size()).orElse(0),
                plan.bytes());
    }

    /** Does what is due, as much as one run may. */
    public Report run(Maintenance rules) {
        Plan plan = plan(rules);
        Budget jobs = new Budget(JOBS_MAX);
        int dropped = 0;
        for (Aged session : plan.sessions()) {
            if (jobs.spend() && drop.test(session)) {
                dropped++;
            }
        }
        int gone = 0;
        for (String archive : plan.archives()) {
            if (shrink(archive, jobs)) {
                gone++;
            }
        }
        Instant before = clock.instant().minus(rules.pruneAfter());
        while (jobs.spend() && closed(before) > 0) {
            // the next lot
        }
        OptionalLong from = OptionalLong.of(0);
        while (from.isPresent() && jobs.spend()) {
            from = strays(before, from.getAsLong());
        }
        int trails = trajectories.map(files -> old(files, rules).remove()).orElse(0);
        if (dropped + gone + trails > 0) {
            log.info(
                    "session.upkeep archived={} archives_gone={} trajectories_gone={}",
                    dropped,
                    gone,
                    trails);
        }
        return new Report(dropped, gone, trails, plan.bytes());
    }

    private OldTrajectories old(TrajectoryFiles files, Maintenance rules) {
        return OldTrajectories.of(database, files, rules, clock.instant());
    }

    private int closed(Instant before) {
        return database.writeNow(
                "session.tidy", handle -> UpkeepRows.closedBefore(handle, before, ROWS_MAX));
    }

    private OptionalLong strays(Instant before, long from) {
        return database.writeNow(
                "session.tidyStrays",
                handle -> UpkeepRows.strayBefore(handle, before, from, STRAYS_LOOKED_AT_MAX));
    }

    private boolean shrink(String archive, Budget jobs) {
        while (jobs.spend()) {
            int entries =
                    database.writeNow(
                            "session.forgetArchive",
                            handle -> UpkeepRows.shrink(handle, archive, ROWS_MAX));
            if (entries < ROWS_MAX) {
                return true;
            }
        }
        return false;
    }

    private record Plan(List<Aged> sessions, List<String> archives, long bytes) {}

    private Plan plan(Maintenance rules) {
        Instant now = clock.instant();
        Duration retention = rules.resetArchiveRetention().orElse(rules.pruneAfter());
        return database.readNow(
                handle -> {
                    List<Aged> droppable =
                            UpkeepRows.sessionsBefore(handle, now).stream()
                                    .filter(one -> !SessionKeys.isShared(one.key()))
                                    .toList();
                    int surplus = Math.max(0, UpkeepRows.sessions(handle) - rules.maxEntries());
                    Instant unused = now.minus(rules.pruneAfter());
                    List<Aged> sessions = new ArrayList<>();
                    for (Aged one : droppable) {
                        if (sessions.size() < surplus || one.usedAt().isBefore(unused)) {
                            sessions.add(one);
                        }
                    }
                    Set<String> archives =
                            new LinkedHashSet<>(
                                    UpkeepRows.archivesBefore(handle, now.minus(retention)));
                    long bytes = UpkeepRows.bytes(handle);
                    long over = tooMuch(rules, bytes);
                    for (String id : UpkeepRows.archivesBefore(handle, now)) {
                        if (over <= 0) {
                            break;
                        }
                        over -= UpkeepRows.bytes(handle, id);
                        archives.add(id);
                    }
                    return new Plan(sessions, List.copyOf(archives), bytes);
                });
    }

    /** Bytes to get rid of; none while the bound is kept. */
    static long tooMuch(Maintenance rules, long bytes) {
        return rules.maxDiskBytes()
                .filter(max -> bytes > max)
                .map(max -> bytes - rules.highWaterBytes().orElse((long) (max * HIGH_WATER)))
                .orElse(0L);
    }

    /** Jobs that one run may still do. */
    private static final class Budget {
        private int left;

        Budget(int jobs) {
            left = jobs;
        }

        boolean spend() {
            return left-- > 0;
        }
    }
}
