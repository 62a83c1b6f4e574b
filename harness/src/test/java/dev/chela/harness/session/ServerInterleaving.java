package dev.chela.harness.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.config.QueueConfig;
import dev.chela.config.QueueMode;
import dev.chela.config.state.Checkpoints;
import dev.chela.config.testing.TestConfig;
import dev.chela.harness.AgentHarness;
import dev.chela.harness.HarnessSchema;
import dev.chela.harness.InputEnd;
import dev.chela.harness.Prompt;
import dev.chela.harness.ReplyMode;
import dev.chela.harness.Source;
import dev.chela.harness.ThreadId;
import dev.chela.harness.Timers;
import dev.chela.harness.TurnContext;
import dev.chela.harness.TurnDesk;
import dev.chela.harness.TurnEvent;
import dev.chela.harness.TurnKey;
import dev.chela.harness.TurnOutcome;
import dev.chela.harness.TurnRequest;
import dev.chela.harness.approval.ApprovalDesk;
import dev.chela.harness.approval.Approvals;
import dev.chela.harness.appserver.AppServer;
import dev.chela.harness.appserver.ConnectionClosedException;
import dev.chela.harness.appserver.WireClient;
import dev.chela.harness.appserver.protocol.CodexTurn;
import dev.chela.harness.appserver.protocol.ThreadItem;
import dev.chela.harness.appserver.protocol.ThreadOptions;
import dev.chela.harness.appserver.protocol.ThreadRead;
import dev.chela.harness.appserver.protocol.ThreadResume;
import dev.chela.harness.appserver.protocol.UserInput;
import dev.chela.harness.auth.SignIn;
import dev.chela.harness.codex.Codex;
import dev.chela.harness.codex.CodexHarness;
import dev.chela.harness.codex.CodexSettings;
import dev.chela.harness.kit.ChangedHarness;
import dev.chela.harness.kit.DirectDatabase;
import dev.chela.harness.kit.ImitatedCodex;
import dev.chela.harness.kit.MortalDatabase;
import dev.chela.harness.kit.MortalDesk;
import dev.chela.harness.kit.MortalTimers;
import dev.chela.harness.kit.Stage;
import dev.chela.harness.kit.StageServers;
import dev.chela.harness.scripted.Gate;
import dev.chela.harness.scripted.ModelReply;
import dev.chela.harness.scripted.ModelRequest;
import dev.chela.harness.tools.ToolCalls;
import dev.chela.harness.tools.ToolLimits;
import dev.chela.harness.tools.ToolRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One life of a session over the imitated app-server and Chela's own harness: messages, urgent
 * ones, stops, bots that die and servers that die, drawn from a seed; what runs beside them is the
 * machine's. In the end the thread's own history is compared with what the desk was told.
 */
final class ServerInterleaving implements AutoCloseable {

    private static final int STEPS = 30;
    private static final ResetPolicy RESETS =
            ResetPolicy.of(TestConfig.defaults().session(), ZoneOffset.UTC);
    private static final Duration STEER_MAX = Duration.ofMillis(5);
    private static final long PATIENCE_SECONDS = 120;

    private final SplittableRandom random;
    private final UnaryOperator<AgentHarness> spoiled;
    private final Path home;
    private final Path workspace;
    private final DirectDatabase database = new DirectDatabase(HarnessSchema.part());
    private final Timers timers;
    private final Bindings bindings = new Bindings(database);
    private final Desk desk = new Desk();
    private final Deque<Gate> gates = new ArrayDeque<>();
    private final Map<TurnKey, List<Long>> begunWith = new ConcurrentHashMap<>();
    private final Set<Long> urgent = new HashSet<>();
    private final QueueMode mode;
    private final List<String> story = Collections.synchronizedList(new ArrayList<>());
    private ImitatedCodex codex;
    private Life life;
    private Sessions sessions;
    private long sent;
    private int restarts;
    private int steersLost;

    /**
     * @param spoiled what a test puts in the harness's place to see that it is found
     */
    ServerInterleaving(long seed, Path root, Timers timers, UnaryOperator<AgentHarness> spoiled)
            throws IOException {
        this.timers = timers;
        this.random = new SplittableRandom(seed);
        this.spoiled = spoiled;
        this.home = Files.createDirectories(root.resolve("codex"));
        this.workspace = Files.createDirectories(root.resolve("workspace"));
        List<QueueMode> modes = List.of(QueueMode.STEER, QueueMode.QUEUE, QueueMode.FOLLOWUP);
        this.mode = modes.get(random.nextInt(modes.size()));
        codex = new ImitatedCodex(home, this::thought);
        life = new Life();
        sessions = begun();
    }

    /** A server's client for as long as one bot lives, and what else dies with it. */
    private final class Life implements Stage {

        final MortalDatabase state = new MortalDatabase(database);
        final MortalTimers clock = new MortalTimers(timers);
        private AppServer client = WireClient.open(codex.connect());
        private boolean dead;

        @Override
        public synchronized AppServer server() {
            if (dead) {
                throw new ConnectionClosedException("this bot is dead", null);
            }
            if (!client.isOpen()) {
                client = WireClient.open(codex.connect());
            }
            return client;
        }

        @Override
        public void kill() {
            clock.die();
            state.die();
            synchronized (this) {
                dead = true;
                client.close();
            }
        }

        @Override
        public Path workspace() {
            return workspace;
        }

        @Override
        public void close() {
            kill();
        }
    }

    private Sessions begun() {
        ToolRegistry none = new ToolRegistry(List.of());
        MortalDatabase state = life.state;
        MortalTimers clock = life.clock;
        Codex inner =
                new Codex(
                        new StageServers(life),
                        _ -> CodexSettings.of(workspace).withModel("gpt-5.5"),
                        new Bindings(state),
                        new Transcripts(state, clock),
                        none,
                        SignIn.withoutKeys(),
                        clock);
        AgentHarness harness =
                new CodexHarness(
                        inner,
                        new ToolCalls(
                                none, state, clock, Checkpoints.none(), ToolLimits.defaults()),
                        new Approvals(state, clock, new Random(1), ApprovalDesk.none()),
                        clock,
                        Checkpoints.none());
        QueueConfig queue =
                new QueueConfig(mode, Duration.ZERO, 50, QueueConfig.Drop.OLD, Map.of(), Map.of());
        return new Sessions(
                state,
                new Noted(spoiled.apply(harness)),
                new MortalDesk(desk, state),
                clock,
                () -> queue,
                () -> RESETS,
                () -> 16);
    }

    /** Notes what each turn is begun with. */
    private final class Noted extends ChangedHarness {

        Noted(AgentHarness inner) {
            super(inner);
        }

        @Override
        public TurnOutcome run(TurnRequest request, Consumer<TurnEvent> events) {
            begunWith.putIfAbsent(request.turn().key(), request.turn().tickets());
            return super.run(request, events);
        }
    }

    /** Half of the answers wait until the life goes on. */
    private synchronized ModelReply thought(ModelRequest request) {
        if (random.nextBoolean()) {
            return ModelReply.text("done");
        }
        Gate gate = new Gate();
        gates.add(gate);
        notifyAll();
        return ModelReply.silent().sayHeld("so ", gate, "done");
    }

    /** Lives it to its end and checks it. */
    void live() throws InterruptedException, IOException {
        for (int i = 0; i < STEPS; i++) {
            step();
        }
        runOut();
        check();
    }

    private void step() throws InterruptedException, IOException {
        int draw = draw(100);
        if (draw < 40) {
            send();
        } else if (draw < 70) {
            openGate();
        } else if (draw < 78) {
            desk.awaitNews();
        } else if (draw < 85) {
            steerAndStop();
        } else if (draw < 89) {
            story.add("stop");
            sessions.stop(SessionsBed.KEY, sent);
        } else if (draw < 97) {
            restart();
        } else {
            story.add("server dies");
            codex.kill();
            steersLost += codex.steersLost();
            codex = new ImitatedCodex(home, this::thought);
        }
    }

    private synchronized int draw(int bound) {
        return random.nextInt(bound);
    }

    private void send() {
        sent++;
        if (draw(6) == 0) {
            urgent.add(sent);
        }
        story.add((urgent.contains(sent) ? "urgent m" : "m") + sent);
        deliver(sent);
    }

    /** A stop that a steer overtook cuts the turn which was just given that. */
    private void steerAndStop() throws InterruptedException {
        sent++;
        urgent.add(sent);
        long before = codex.calls("turn/steer");
        deliver(sent);
        codex.awaitCalls("turn/steer", before + 1, STEER_MAX);
        long upTo = sent - draw(2);
        story.add("urgent m" + sent + " and stop up to " + upTo);
        sessions.stop(SessionsBed.KEY, upTo);
    }

    private void deliver(long ticket) {
        Submission message =
                new Submission(
                        ticket,
                        SessionsBed.KEY,
                        SessionsBed.source("here", true),
                        ReplyMode.AUTOMATIC,
                        Optional.empty());
        if (urgent.contains(ticket)) {
            sessions.steerNow(message);
        } else {
            sessions.submit(message);
        }
    }

    private synchronized void openGate() {
        if (!gates.isEmpty()) {
            gates.remove().open();
        }
    }

    /** The bot dies as by SIGKILL, and another one begins; its router brings what is open. */
    private void restart() throws InterruptedException {
        story.add("bot dies");
        restarts++;
        life.kill();
        // Whoever begins anew takes longer than a server that reads what is left.
        codex.awaitNoClients();
        life = new Life();
        sessions = begun();
        sessions.recover();
        for (long ticket = 1; ticket <= sent; ticket++) {
            if (!desk.isClosed(ticket)) {
                deliver(ticket);
            }
        }
    }

    private void runOut() throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!desk.areClosed(sent)) {
            openGate();
            desk.awaitNews();
            if (System.nanoTime() > end) {
                throw new AssertionError("it never comes to rest: " + story + "\n" + desk);
            }
        }
    }

    int restarts() {
        return restarts;
    }

    /** Steers that were answered with success and then lost to an interrupt, or to an end. */
    int steersLost() {
        return steersLost + codex.steersLost();
    }

    private void check() {
        List<Long> taken = taken();
        assertThat(taken)
                .as("what Codex took; %s\n%s", story, desk)
                .doesNotHaveDuplicates()
                .noneMatch(desk.ended::containsKey);
        assertThat(taken.stream().filter(ticket -> !urgent.contains(ticket)))
                .as("the order; %s\n%s", story, desk)
                .isSorted();
        assertThat(taken).as("told to be taken; %s\n%s", story, desk).containsAll(steered());
        List<Long> answered = desk.finished.values().stream().flatMap(List::stream).toList();
        assertThat(answered).as("tickets of turns; %s", story).doesNotHaveDuplicates();
        assertThat(answered).as("%s", story).noneMatch(desk.ended::containsKey);
        assertThat(answered).as("%s\n%s", story, desk).containsAll(taken);
    }

    /** What turns were given while they ran, as far as their people were told that they took it. */
    private List<Long> steered() {
        return desk.finished.entrySet().stream()
                .flatMap(
                        turn ->
                                turn.getValue().stream()
                                        .filter(
                                                ticket ->
                                                        !begunWith
                                                                .getOrDefault(
                                                                        turn.getKey(),
                                                                        turn.getValue())
                                                                .contains(ticket)))
                .toList();
    }

    /** The tickets in the user messages of the session's thread, in its order. */
    private List<Long> taken() {
        try (AppServer server = WireClient.open(codex.connect())) {
            return bindings.load(SessionsBed.KEY).map(Binding::thread).stream()
                    .flatMap(thread -> turns(server, thread))
                    .flatMap(turn -> turn.items().stream())
                    .filter(ThreadItem.UserMessage.class::isInstance)
                    .map(ThreadItem.UserMessage.class::cast)
                    .flatMap(message -> message.content().stream())
                    .filter(UserInput.Text.class::isInstance)
                    .flatMap(part -> ((UserInput.Text) part).text().lines())
                    .filter(line -> line.matches("m\\d+"))
                    .map(line -> Long.valueOf(line.substring(1)))
                    .toList();
        }
    }

    private static Stream<CodexTurn> turns(AppServer server, ThreadId thread) {
        server.request(new ThreadResume(thread, ThreadOptions.none(), null, true));
        return server.request(new ThreadRead(thread, true)).thread().turns().stream();
    }

    @Override
    public void close() {
        life.kill();
        codex.kill();
        gates.forEach(Gate::open);
        database.close();
    }

    /** Outlives the bots, and knows a hand-over that is repeated. */
    private static final class Desk implements TurnDesk {

        private static final long NEWS_MAX_MILLIS = 20;

        private final Map<TurnKey, List<Long>> finished = new LinkedHashMap<>();
        private final Map<Long, InputEnd.Kind> ended = new LinkedHashMap<>();

        @Override
        public Prompt read(List<Long> tickets) {
            return Prompt.of(tickets.stream().map(this::words).collect(Collectors.joining("\n")));
        }

        @Override
        public String words(long ticket) {
            return "m" + ticket;
        }

        @Override
        public void taken(Prompt prompt) {}

        @Override
        public void renewed(Source source, long ticket) {}

        @Override
        public synchronized void progress(TurnContext turn, TurnEvent event) {
            notifyAll();
        }

        @Override
        public synchronized void finished(TurnContext turn, TurnOutcome outcome) {
            finished.put(turn.key(), turn.tickets());
            notifyAll();
        }

        @Override
        public synchronized void ended(List<Long> tickets, InputEnd end) {
            tickets.forEach(ticket -> ended.put(ticket, end.kind()));
            notifyAll();
        }

        synchronized boolean isClosed(long ticket) {
            return ended.containsKey(ticket)
                    || finished.values().stream().anyMatch(turn -> turn.contains(ticket));
        }

        synchronized boolean areClosed(long last) {
            for (long ticket = 1; ticket <= last; ticket++) {
                if (!isClosed(ticket)) {
                    return false;
                }
            }
            return true;
        }

        /** Until something happens, if anything does. */
        synchronized void awaitNews() throws InterruptedException {
            wait(NEWS_MAX_MILLIS);
        }

        @Override
        public synchronized String toString() {
            return "finished " + finished + " ended " + ended;
        }
    }
}
