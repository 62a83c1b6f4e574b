package dev.chela.harness.session;

import dev.chela.config.state.DatabaseException;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls a lane makes to others, each on a thread of its own, so that a slow one holds up neither
 * the lane nor a stop. At most one of a kind is under way.
 */
final class Errands {

    /** The kinds. */
    enum Kind {
        FINISH,
        END,
        FORGET,
        STEER,
        TAKEN,
        INTERRUPT
    }

    private static final Logger log = LoggerFactory.getLogger(Errands.class);

    private final String session;
    private final Executor executor;
    private final Consumer<Runnable> lane;
    private final Set<Kind> underWay = EnumSet.noneOf(Kind.class);

    /** What follows an errand is given to {@code lane}. */
    Errands(String session, Executor executor, Consumer<Runnable> lane) {
        this.session = session;
        this.executor = executor;
        this.lane = lane;
    }

    boolean isUnderWay(Kind kind) {
        return underWay.contains(kind);
    }

    boolean isEmpty() {
        return underWay.isEmpty();
    }

    /** Runs {@code work}, then {@code after} in the lane with whether it did not throw. */
    void run(Kind kind, Runnable work, Consumer<Boolean> after) {
        underWay.add(kind);
        executor.execute(
                () -> {
                    boolean done = attempt(kind, work);
                    lane.accept(
                            () -> {
                                underWay.remove(kind);
                                after.accept(done);
                            });
                });
    }

    private boolean attempt(Kind kind, Runnable work) {
        try {
            work.run();
            return true;
        } catch (DatabaseException e) {
            log.warn(
                    "session.errand waits kind={} session={} reason={}",
                    kind,
                    session,
                    e.getMessage());
            return false;
        } catch (Exception e) {
            log.error("session.errand failed kind={} session={}", kind, session, e);
            return false;
        }
    }
}
