package dev.chela.harness.session;

import dev.chela.config.state.Database;
import dev.chela.harness.TurnEvent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the sessions' token counters. Best effort, and nobody waits for it: a count that cannot be
 * written is logged and lost. What a turn uses after its session began anew is counted nowhere.
 */
final class Counters {

    private static final Logger log = LoggerFactory.getLogger(Counters.class);

    private final Database database;

    Counters(Database database) {
        this.database = database;
    }

    void add(StoredTurn turn, TurnEvent.Counted counted) {
        database.write(
                        "session.count",
                        handle -> {
                            SessionRows.count(handle, turn, counted);
                            return true;
                        })
                .whenComplete((done, failure) -> note(turn, failure));
    }

    void compacted(StoredTurn turn) {
        database.write(
                        "session.count",
                        handle -> {
                            SessionRows.compacted(handle, turn);
                            return true;
                        })
                .whenComplete((done, failure) -> note(turn, failure));
    }

    private static void note(StoredTurn turn, @Nullable Throwable failure) {
        if (failure != null) {
            log.warn("session.count lost turn={} reason={}", turn.key(), failure.getMessage());
        }
    }
}
