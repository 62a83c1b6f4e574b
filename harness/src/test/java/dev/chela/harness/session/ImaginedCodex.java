package dev.chela.harness.session;

import dev.chela.harness.AgentHarness;
import dev.chela.harness.InputKey;
import dev.chela.harness.Prompt;
import dev.chela.harness.SessionKey;
import dev.chela.harness.SteerAnswer;
import dev.chela.harness.ThreadId;
import dev.chela.harness.TurnEvent;
import dev.chela.harness.TurnId;
import dev.chela.harness.TurnKey;
import dev.chela.harness.TurnOutcome;
import dev.chela.harness.TurnRequest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * What an app-server does with the inputs it is given, one step at a time: a steer is answered
 * before it is taken, and is lost when the turn ends before. It remembers across restarts of the
 * bot, and knows the truth that the desk is compared with.
 */
final class ImaginedCodex implements AgentHarness, TurnRuns {

    private static final Pattern MESSAGE = Pattern.compile("\\bm(\\d+)\\b");

    private final RandomGenerator random;
    private final boolean trustsReplies;
    private final boolean forgetsSteers;
    private final Map<TurnKey, Turn> turns = new LinkedHashMap<>();
    private final List<Long> taken = new ArrayList<>();
    private int steersLost;

    /**
     * One that behaves, or misbehaves.
     *
     * @param trustsReplies reports a steer as taken as soon as it is answered
     * @param forgetsSteers recovers turns without saying what they took
     */
    ImaginedCodex(RandomGenerator random, boolean trustsReplies, boolean forgetsSteers) {
        this.random = random;
        this.trustsReplies = trustsReplies;
        this.forgetsSteers = forgetsSteers;
    }

    int steersLost() {
        return steersLost;
    }

    private enum Phase {
        ASKED,
        RUNNING,
        ENDED
    }

    private record Text(InputKey key, List<Long> tickets) {}

    private static final class Turn {
        final TurnKey key;
        final List<Text> taken = new ArrayList<>();
        final Deque<Text> steers = new ArrayDeque<>();
        Text first;
        Phase phase = Phase.ASKED;
        Optional<TurnOutcome.Cause> interrupted = Optional.empty();
        Optional<TurnOutcome> outcome = Optional.empty();
        Optional<Consumer<TurnEvent>> events = Optional.empty();
        Optional<Consumer<TurnOutcome>> end = Optional.empty();

        Turn(TurnKey key, Text first) {
            this.key = key;
            this.first = first;
        }
    }

    @Override
    public void start(
            Supplier<TurnRequest> request,
            Start how,
            Consumer<TurnEvent> events,
            Consumer<TurnOutcome> end) {
        TurnRequest asked = request.get();
        Text first = new Text(asked.input(), messages(asked.prompt()));
        TurnKey key = asked.turn().key();
        Turn turn = turns.computeIfAbsent(key, unknown -> new Turn(key, first));
        if (!turn.first.equals(first)) {
            throw new AssertionError("asked " + turn.first + " before, now " + first);
        }
        turn.events = Optional.of(events);
        turn.end = Optional.of(end);
        if (turn.phase != Phase.ASKED) {
            reportAgain(turn);
        }
    }

    private void reportAgain(Turn turn) {
        emitStarted(turn);
        turn.taken.stream()
                .skip(forgetsSteers ? 1 : 0)
                .filter(text -> !forgetsSteers)
                .forEach(text -> emit(turn, new TurnEvent.InputTaken(text.key())));
        turn.outcome.ifPresent(outcome -> tell(turn, outcome));
    }

    @Override
    public SteerAnswer steer(TurnKey key, InputKey input, Prompt prompt) {
        Turn turn = turns.get(key);
        if (turn == null || turn.phase != Phase.RUNNING || random.nextInt(8) == 0) {
            return SteerAnswer.NOT_STEERABLE;
        }
        if (!turn.steers.isEmpty()) {
            throw new AssertionError("steered again before " + turn.steers + " was settled");
        }
        turn.steers.add(new Text(input, messages(prompt)));
        if (trustsReplies) {
            emit(turn, new TurnEvent.InputTaken(input));
        }
        return SteerAnswer.PASSED_ON;
    }

    @Override
    public void interrupt(TurnKey key, TurnOutcome.Cause cause) {
        Turn turn = turns.get(key);
        if (turn != null && turn.phase == Phase.RUNNING) {
            turn.interrupted = Optional.of(cause);
        }
    }

    @Override
    public void forget(SessionKey session) {}

    /** Does one thing that the server may do now; false if there is none. */
    boolean step() {
        List<Turn> open =
                turns.values().stream()
                        .filter(turn -> turn.phase != Phase.ENDED)
                        .filter(turn -> turn.phase == Phase.RUNNING || turn.events.isPresent())
                        .toList();
        if (open.isEmpty()) {
            return false;
        }
        step(open.get(random.nextInt(open.size())));
        return true;
    }

    private void step(Turn turn) {
        if (turn.phase == Phase.ASKED) {
            begin(turn);
        } else if (turn.interrupted.isPresent() && random.nextInt(3) > 0) {
            end(turn, new TurnOutcome.Interrupted(turn.interrupted.get(), Optional.empty()));
        } else if (!turn.steers.isEmpty() && random.nextInt(3) > 0) {
            take(turn, turn.steers.remove());
        } else if (random.nextInt(2) == 0) {
            end(turn, new TurnOutcome.Completed(Optional.of("answer"), false, List.of()));
        }
    }

    private void begin(Turn turn) {
        boolean busy = turns.values().stream().anyMatch(one -> one.phase == Phase.RUNNING);
        if (busy) {
            throw new AssertionError("a second turn began while one was running");
        }
        turn.phase = Phase.RUNNING;
        emitStarted(turn);
        take(turn, turn.first);
    }

    /** The bot dies; the server with it, or not. */
    void botDies(boolean serverToo) {
        for (Turn turn : turns.values()) {
            turn.events = Optional.empty();
            turn.end = Optional.empty();
            if (serverToo && turn.phase == Phase.RUNNING) {
                end(turn, new TurnOutcome.Uncertain(TurnOutcome.Cause.PROCESS_EXIT, "cut"));
            }
        }
    }

    /** The tickets every turn that Codex began took, in order. */
    Map<TurnKey, List<Long>> takenByTurn() {
        Map<TurnKey, List<Long>> result = new LinkedHashMap<>();
        turns.values().stream()
                .filter(turn -> turn.phase != Phase.ASKED)
                .forEach(
                        turn ->
                                result.put(
                                        turn.key,
                                        turn.taken.stream()
                                                .flatMap(text -> text.tickets().stream())
                                                .toList()));
        return result;
    }

    /** All tickets in the order they were taken. */
    List<Long> taken() {
        return List.copyOf(taken);
    }

    private void take(Turn turn, Text text) {
        turn.taken.add(text);
        taken.addAll(text.tickets());
        emit(turn, new TurnEvent.InputTaken(text.key()));
    }

    private void end(Turn turn, TurnOutcome outcome) {
        turn.phase = Phase.ENDED;
        steersLost += turn.steers.size();
        turn.steers.clear();
        turn.outcome = Optional.of(outcome);
        tell(turn, outcome);
    }

    private void tell(Turn turn, TurnOutcome outcome) {
        Optional<Consumer<TurnOutcome>> listener = turn.end;
        turn.events = Optional.empty();
        turn.end = Optional.empty();
        listener.ifPresent(one -> one.accept(outcome));
    }

    private static void emitStarted(Turn turn) {
        emit(turn, new TurnEvent.Started(new ThreadId("thread"), new TurnId("c-" + turn.key)));
    }

    private static void emit(Turn turn, TurnEvent event) {
        turn.events.ifPresent(one -> one.accept(event));
    }

    private static List<Long> messages(Prompt prompt) {
        return MESSAGE.matcher(prompt.text())
                .results()
                .map(found -> Long.valueOf(found.group(1)))
                .toList();
    }

    @Override
    public TurnOutcome run(TurnRequest request, Consumer<TurnEvent> events) {
        throw new AssertionError("turns are started, not run");
    }

    @Override
    public TurnOutcome recover(TurnRequest request, Consumer<TurnEvent> events) {
        throw new AssertionError("turns are started, not recovered");
    }
}
