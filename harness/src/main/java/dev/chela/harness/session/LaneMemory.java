package dev.chela.harness.session;

import dev.chela.config.QueueMode;
import dev.chela.harness.InputKey;
import dev.chela.harness.SessionKey;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * A lane's copy of its rows: read when the lane is made, and again after anything failed. Changed
 * by the lane alone, after the store was.
 */
final class LaneMemory {

    private final SessionKey key;
    private final LaneWorld world;
    private final LaneQueue queue = new LaneQueue();
    private final Deque<StoredTurn> found = new ArrayDeque<>();
    private boolean loaded;
    private Optional<SessionState> session = Optional.empty();
    private Optional<RunningTurn> turn = Optional.empty();

    LaneMemory(SessionKey key, LaneWorld world) {
        this.key = key;
        this.world = world;
    }

    LaneQueue queue() {
        return queue;
    }

    Optional<SessionState> session() {
        return session;
    }

    void session(SessionState known) {
        session = Optional.of(known);
    }

    /** The session's row, made if there is none. */
    SessionState requireSession() {
        SessionState present = session.orElseGet(() -> world.store().require(key));
        session = Optional.of(present);
        return present;
    }

    /** The turn that is not handed over yet. */
    Optional<RunningTurn> turn() {
        return turn;
    }

    /** The turn, unless it has ended already. */
    Optional<RunningTurn> running() {
        return turn.filter(one -> one.phase != RunningTurn.Phase.DONE);
    }

    void began(RunningTurn begun) {
        turn = Optional.of(begun);
    }

    /** The turn is handed over; another that was found open takes its place. */
    void closeTurn() {
        turn = Optional.empty();
        world.slots().rests();
        adoptFound();
    }

    /** Another lane hands the turn over, and counts it for itself. */
    void giveUp() {
        turn.ifPresent(one -> world.slots().rests());
        turn = Optional.empty();
    }

    /** What is remembered may differ from what is stored. */
    void doubt() {
        loaded = false;
    }

    void load() {
        if (loaded) {
            return;
        }
        LaneStore.Snapshot stored = world.store().load(key);
        session = stored.session();
        queue.replaceAll(stored.inputs());
        found.clear();
        for (StoredTurn one : stored.turns()) {
            if (turn.filter(running -> running.key().equals(one.key())).isPresent()) {
                turn.get().reread(one);
                turn.get().parked = parkedKey();
            } else {
                found.add(one);
            }
        }
        loaded = true;
        adoptFound();
    }

    QueuePlan plan() {
        return new QueuePlan(queue.queued(), this::settings);
    }

    QueueSettings settings(QueuedInput input) {
        QueueOverride stored = session.map(SessionState::queue).orElse(QueueOverride.none());
        QueueOverride inline = input.urgent() ? QueueOverride.of(QueueMode.STEER) : input.queue();
        return QueueSettings.of(world.queue().get(), input.source(), stored, inline);
    }

    private Optional<InputKey> parkedKey() {
        return queue.parked().stream().findFirst().flatMap(QueuedInput::inputKey);
    }

    private void adoptFound() {
        if (turn.isPresent() || found.isEmpty()) {
            return;
        }
        RunningTurn adopted = new RunningTurn(found.remove(), TurnRuns.Start.AGAIN, queue.parked());
        adopted.parked = parkedKey();
        turn = Optional.of(adopted);
        if (adopted.phase == RunningTurn.Phase.DONE) {
            world.slots().works();
        }
    }
}
