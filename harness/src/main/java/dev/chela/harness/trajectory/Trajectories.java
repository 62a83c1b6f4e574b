package dev.chela.harness.trajectory;

import dev.chela.config.secret.Redaction;
import dev.chela.harness.SessionKey;
import dev.chela.harness.TurnContext;
import java.time.InstantSource;
import java.util.Optional;

/** The trajectories of a running bot (harness §17). */
public final class Trajectories implements AutoCloseable {

    private final Optional<TrajectoryWriter> writer;
    private final InstantSource clock;
    private final Limits limits;

    private Trajectories(Optional<TrajectoryWriter> writer, InstantSource clock, Limits limits) {
        this.writer = writer;
        this.clock = clock;
        this.limits = limits;
    }

    /** Keeps none. */
    public static Trajectories none() {
        return new Trajectories(Optional.empty(), InstantSource.system(), Limits.standard());
    }

    /** Writes them, if the settings want it, from a thread of its own. */
    public static Trajectories open(
            TrajectorySettings settings,
            TrajectoryFiles files,
            Redaction redaction,
            InstantSource clock) {
        return settings.on() ? open(files, redaction, clock, Limits.standard()) : none();
    }

    static Trajectories open(
            TrajectoryFiles files, Redaction redaction, InstantSource clock, Limits limits) {
        var writer = new TrajectoryWriter(files, new EntryJson(redaction, limits), clock, limits);
        writer.start();
        return new Trajectories(Optional.of(writer), clock, limits);
    }

    /** Where a turn is recorded. */
    public Trail of(TurnContext context) {
        Optional<Place> place =
                context.sessionId()
                        .filter(TrajectoryFiles::isName)
                        .map(id -> place(context.session(), id));
        if (writer.isEmpty() || place.isEmpty()) {
            return Trail.NONE;
        }
        return new Trail(
                writer.get()::offer,
                clock,
                limits.heldChars(),
                new Entry.Names(place.get(), context.key().value(), null, null));
    }

    private static Place place(SessionKey session, String id) {
        String[] parts = session.value().split(":", 3);
        String agent = parts.length > 1 && parts[0].equals("agent") ? parts[1] : "main";
        return new Place(agent, session.value(), id);
    }

    /** Writes what waits and writes no more. */
    @Override
    public void close() {
        writer.ifPresent(TrajectoryWriter::close);
    }
}
