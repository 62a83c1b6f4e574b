package dev.chela.harness.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.config.QueueConfig;
import dev.chela.config.QueueMode;
import dev.chela.config.testing.TestConfig;
import dev.chela.harness.Renewal;
import dev.chela.harness.ReplyMode;
import dev.chela.harness.TurnKey;
import dev.chela.harness.kit.DirectDatabase;
import dev.chela.harness.testing.ManualTimers;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * One seeded life of a session: messages, steers, stops, resets, restarts and what the app-server
 * does, in an order drawn from the seed, on one thread. At the end everything is let run out, and
 * what the desk was told is compared with what Codex took.
 */
final class Interleaving {

    private static final int STEPS = 70;
    private static final ResetPolicy RESETS =
            ResetPolicy.of(TestConfig.defaults().session(), ZoneOffset.UTC);

    private final SplittableRandom random;
    private final DirectDatabase database;
    private final ImaginedCodex codex;
    private final DurableDesk desk;
    private final List<Submission> sent = new ArrayList<>();
    private final Set<Long> urgent = new HashSet<>();
    private final QueueConfig queue;
    private ManualTimers timers = new ManualTimers();
    private SteppedExecutor executor;
    private Sessions sessions;
    private int ids;
    private int restarts;
    private int renewals;

    Interleaving(long seed, DirectDatabase database, boolean trustsReplies, boolean forgetsSteers) {
        this.random = new SplittableRandom(seed);
        this.database = database;
        this.codex = new ImaginedCodex(random, trustsReplies, forgetsSteers);
        this.desk = new DurableDesk(random);
        QueueMode mode = QueueMode.values()[random.nextInt(QueueMode.values().length)];
        QueueConfig.Drop drop =
                QueueConfig.Drop.values()[random.nextInt(QueueConfig.Drop.values().length)];
        this.queue =
                new QueueConfig(
                        mode,
                        Duration.ofMillis(500),
                        2 + random.nextInt(6),
                        drop,
                        Map.of(),
                        Map.of());
        database.clear();
        open();
    }

    /** Lives it to its end and checks it; says how many messages there were. */
    int live() {
        for (int i = 0; i < STEPS; i++) {
            try {
                step();
            } catch (DirectDatabase.Halt halted) {
                restart();
            }
        }
        runOut();
        timers.advance(Duration.ofHours(30));
        send();
        runOut();
        check();
        return sent.size();
    }

    int restarts() {
        return restarts;
    }

    private void step() {
        int draw = random.nextInt(100);
        if (draw < 20) {
            send();
        } else if (draw < 55) {
            runTask();
        } else if (draw < 80) {
            codex.step();
        } else if (draw < 88) {
            timers.advance(
                    random.nextInt(6) == 0
                            ? Duration.ofHours(30)
                            : Duration.ofMillis(100 + random.nextInt(600)));
        } else if (draw < 91) {
            again();
        } else if (draw < 93) {
            sessions.lane(SessionsBed.KEY, lane -> lane.stop(Optional.of((long) sent.size())));
        } else if (draw < 95) {
            ResetRequest reset = new ResetRequest("new", sent.size(), random.nextBoolean());
            sessions.lane(SessionsBed.KEY, lane -> lane.reset(reset));
        } else if (draw < 98) {
            database.haltAt(1 + random.nextInt(6), random.nextBoolean());
        } else {
            restart();
        }
    }

    private void send() {
        long ticket = sent.size() + 1;
        Optional<QueueOverride> inline =
                random.nextInt(4) > 0
                        ? Optional.empty()
                        : Optional.of(
                                QueueOverride.of(
                                        QueueMode.values()[
                                                random.nextInt(QueueMode.values().length)]));
        String place = random.nextInt(5) == 0 ? "elsewhere" : "here";
        Submission message =
                new Submission(
                        ticket,
                        SessionsBed.KEY,
                        SessionsBed.source(place, random.nextInt(4) > 0),
                        ReplyMode.AUTOMATIC,
                        inline);
        sent.add(message);
        if (random.nextInt(8) == 0) {
            urgent.add(ticket);
        }
        deliver(message);
    }

    private void deliver(Submission message) {
        if (urgent.contains(message.ticket())) {
            sessions.lane(SessionsBed.KEY, lane -> lane.steerNow(message));
        } else {
            sessions.submitting(message);
        }
    }

    /** The router brings a message a second time. */
    private void again() {
        if (!sent.isEmpty()) {
            deliver(sent.get(random.nextInt(sent.size())));
        }
    }

    private void runTask() {
        if (!executor.isEmpty()) {
            executor.runOne(random);
        }
    }

    private void restart() {
        restarts++;
        database.doNotHalt();
        codex.botDies(random.nextBoolean());
        Instant now = timers.instant();
        timers = new ManualTimers();
        timers.advance(Duration.between(timers.instant(), now));
        open();
        sessions.recovering();
        sent.stream().filter(one -> !desk.hasClosed(one.ticket())).forEach(this::deliver);
    }

    private void open() {
        executor = new SteppedExecutor();
        LaneStore store = new LaneStore(database, timers, () -> "id-" + ids++);
        sessions =
                new Sessions(
                        database,
                        new Sessions.Parts(store, codex, desk, timers, codex, executor),
                        () -> queue,
                        () -> RESETS,
                        () -> 16);
    }

    private void runOut() {
        database.doNotHalt();
        desk.calm();
        for (int idle = 0, rounds = 0; idle < 200; idle++, rounds++) {
            if (!executor.isEmpty()) {
                executor.runOne(random);
                idle = 0;
            } else if (codex.step()) {
                idle = 0;
            } else if (timers.armed() > 0) {
                timers.advance(Duration.ofSeconds(1));
            } else {
                return;
            }
            if (rounds > 20_000) {
                throw new AssertionError("it never comes to rest");
            }
        }
    }

    private void check() {
        Map<TurnKey, List<Long>> truth = codex.takenByTurn();
        List<Long> answered = desk.finished().values().stream().flatMap(List::stream).toList();
        assertThat(answered).as("in one turn only").doesNotHaveDuplicates();
        assertThat(answered.stream().filter(desk.ended()::containsKey))
                .as("answered or ended, not both")
                .isEmpty();
        for (Submission one : sent) {
            assertThat(desk.hasClosed(one.ticket())).as("%d is closed", one.ticket()).isTrue();
        }
        assertThat(codex.taken()).as("no text was given twice").doesNotHaveDuplicates();
        truth.forEach(
                (turn, tickets) ->
                        assertThat(desk.finished().get(turn))
                                .as("turn %s answers what it took", turn)
                                .containsExactlyInAnyOrderElementsOf(tickets));
        assertThat(desk.finished().keySet()).isEqualTo(truth.keySet());
        assertThat(codex.taken().stream().filter(ticket -> !urgent.contains(ticket)).toList())
                .as("in order of arrival")
                .isSorted();
        assertThat(sessions.working()).isZero();
        checkRenewals();
    }

    /** Every session that ended by itself is told about once, or will be. */
    private void checkRenewals() {
        List<Renewal> told = new ArrayList<>(desk.renewals());
        new LaneStore(database, timers)
                .load(SessionsBed.KEY)
                .session()
                .flatMap(SessionState::renewal)
                .ifPresent(told::add);
        List<String> ended =
                new Archives(database, timers)
                        .list().stream()
                                .filter(one -> one.reason().equals("daily"))
                                .map(Archive::sessionId)
                                .toList();
        assertThat(told)
                .extracting(Renewal::archivedId)
                .as("told once")
                .containsExactlyInAnyOrderElementsOf(ended);
        renewals = desk.renewals().size();
    }

    /** How many texts were answered with success and not taken, since the turn ended. */
    int steersLost() {
        return codex.steersLost();
    }

    /** How many sessions that ended by themselves were told about. */
    int renewals() {
        return renewals;
    }
}
