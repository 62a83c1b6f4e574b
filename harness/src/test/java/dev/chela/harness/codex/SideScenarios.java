package dev.chela.harness.codex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.config.state.Checkpoints;
import dev.chela.harness.SessionKey;
import dev.chela.harness.ThreadId;
import dev.chela.harness.TurnEvent;
import dev.chela.harness.TurnOutcome;
import dev.chela.harness.TurnOutcome.Cause;
import dev.chela.harness.TurnOutcome.Completed;
import dev.chela.harness.TurnOutcome.Interrupted;
import dev.chela.harness.appserver.protocol.CodexThread;
import dev.chela.harness.appserver.protocol.ThreadList;
import dev.chela.harness.appserver.protocol.TurnStart;
import dev.chela.harness.kit.HarnessStage;
import dev.chela.harness.kit.RunningTurn;
import dev.chela.harness.kit.Stage;
import dev.chela.harness.scripted.ModelRequest;
import dev.chela.harness.scripted.PhraseMind;
import dev.chela.harness.scripted.ScriptedMind;
import dev.chela.harness.session.Binding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** What side questions are like, whatever app-server answers them. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class SideScenarios {

    private final List<ModelRequest> thoughts = new CopyOnWriteArrayList<>();

    private Stage stage;
    private BindingBench bench;
    private BindingBench.Process bot;
    private SideQuestions sides;
    private SessionKey session;

    /** The app-server to play on; {@code mind} is its model. */
    abstract Stage build(Path directory, ScriptedMind mind) throws IOException;

    @BeforeAll
    void raise(@TempDir Path directory) throws IOException {
        var mind = new PhraseMind();
        stage =
                build(
                        directory,
                        request -> {
                            thoughts.add(request);
                            return mind.answer(request);
                        });
    }

    @AfterAll
    void strike() {
        stage.close();
    }

    @BeforeEach
    void begin() {
        bench = new BindingBench(stage).withModel("gpt-5.5");
        restart();
        session = new SessionKey("agent:main:web:direct:" + UUID.randomUUID());
    }

    @AfterEach
    void end() {
        bench.close();
    }

    private void restart() {
        bot = bench.process();
        sides = new SideQuestions(bot.codex, bench.timers, Checkpoints.none());
    }

    @Test
    void itIsAnsweredDuringATurnThatNeverKnowsOfIt() throws Exception {
        start("we speak of crabs").outcome();
        Map<String, String> before = binding().facts();
        RunningTurn turn = start("slow 6");
        turn.await(TurnEvent.TextDelta.class);

        assertThat(text(ask("what is a lobster"))).startsWith("Echo: what is a lobster");

        assertThat(turn.isOver()).isFalse();
        ModelRequest side = thoughts.getLast();
        assertThat(side.body().toString()).contains("we speak of crabs", "slow 6", "Nobody did");
        assertThat(side.body().path("model").asText()).isEqualTo("gpt-5.5");
        assertThat(turn.answer()).startsWith("This answer comes slowly");
        assertThat(turn.events(TurnEvent.TextRetracted.class)).isEmpty();
        assertThat(start("and now").answer()).isEqualTo("Echo: and now");
        assertThat(thoughts.getLast().body().toString())
                .contains("we speak of crabs", "slow 6")
                .doesNotContain("lobster", "turn_aborted");
        assertThat(binding().facts()).isEqualTo(before);
        ThreadId copy = sideThread();
        bench.awaitLetGo(copy);
        assertThat(listed()).contains(binding().thread()).doesNotContain(copy);
    }

    @Test
    void itDoesNotWaitForACommandOfTheTurn() throws Exception {
        RunningTurn turn = start("run sleep 6 && echo done");
        turn.await(TurnEvent.Activity.class);

        assertThat(text(ask("still there"))).startsWith("Echo: still there");

        assertThat(turn.isOver()).isFalse();
        assertThat(turn.answer()).contains("done");
    }

    @Test
    void aSessionThatHasNoThreadYetIsAnsweredAndStaysWithoutOne() throws Exception {
        assertThat(text(ask("hello there"))).startsWith("Echo: hello there");

        assertThat(bench.bindings.load(session)).isEmpty();
        bench.awaitLetGo(sideThread());
    }

    @Test
    void itChangesNothing() throws Exception {
        start("hello").outcome();

        assertThat(text(ask("run touch side-made"))).contains("Read-only file system");
        assertThat(text(ask("write side-written: x"))).contains("side-written was not written");
        assertThat(text(ask("ask approval touch side-approved"))).doesNotContain("exit code 0");

        for (String file : List.of("side-made", "side-written", "side-approved")) {
            assertThat(stage.workspace().resolve(file)).doesNotExist();
        }
        assertThat(bench.approvals.pending(session)).isEmpty();
    }

    @Test
    void itReadsTheWorkspace() throws Exception {
        Files.writeString(stage.workspace().resolve("side-note"), "a red crab");
        start("hello").outcome();

        assertThat(text(ask("run cat side-note"))).contains("a red crab");
    }

    @Test
    void toolsOfOursDoNothingThere() throws Exception {
        start("hello").outcome();

        assertThat(text(ask("tell me a secret"))).contains("side question, which has no tools");

        assertThat(bench.message.texts()).isEmpty();
    }

    @Test
    void afterARestartItIsAskedOfTheThreadOnDiskWhichStaysFree() throws Exception {
        start("we speak of crabs").outcome();
        ThreadId thread = binding().thread();
        stage.kill();
        restart();

        assertThat(text(ask("of what"))).startsWith("Echo: of what");

        assertThat(thoughts.getLast().body().toString()).contains("we speak of crabs");
        assertThat(start("go on").answer()).isEqualTo("Echo: go on");
        assertThat(binding().thread()).isEqualTo(thread);
    }

    @Test
    void aThreadThatIsLostLeavesWhatTheTranscriptHas() throws Exception {
        bench.bindings.save(
                new Binding(
                        session,
                        new ThreadId(UUID.randomUUID().toString()),
                        Map.of(),
                        Instant.EPOCH,
                        Instant.EPOCH));
        bench.mirror(session, "user", "the crab is red");

        assertThat(text(ask("which colour"))).startsWith("Echo: which colour");

        assertThat(thoughts.getLast().body().toString()).contains("the crab is red");
    }

    @Test
    void aServerThatDiesInTheMiddleIsAskedAgain() throws Exception {
        start("hello").outcome();
        CompletableFuture<TurnOutcome> asked = ask("slow 3");
        awaitThought("slow 3");

        stage.kill();

        assertThat(text(asked)).startsWith("This answer comes slowly");
    }

    @Test
    void aStopEndsItAndNotTheTurn() throws Exception {
        start("hello").outcome();
        RunningTurn turn = start("slow 4");
        turn.await(TurnEvent.TextDelta.class);
        CompletableFuture<TurnOutcome> asked = ask("slow 60");
        awaitThought("slow 60");

        assertThat(sides.stop(session)).isEqualTo(1);

        assertThat(asked.get(20, TimeUnit.SECONDS))
                .isEqualTo(new Interrupted(Cause.USER_STOP, Optional.empty()));
        bench.awaitLetGo(sideThread());
        assertThat(turn.answer()).startsWith("This answer comes slowly");
    }

    private void awaitThought(String words) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (thoughts.stream().noneMatch(one -> one.userText().contains(words))) {
            assertThat(System.nanoTime()).as("the model hears " + words).isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }

    private ThreadId sideThread() {
        return bench.asked(TurnStart.class).stream()
                .map(TurnStart::threadId)
                .filter(
                        thread ->
                                bench.bindings
                                        .load(session)
                                        .filter(bound -> bound.thread().equals(thread))
                                        .isEmpty())
                .toList()
                .getLast();
    }

    private List<ThreadId> listed() {
        return stage
                .server()
                .request(new ThreadList(50, null, null, null, null, null))
                .data()
                .stream()
                .map(CodexThread::id)
                .toList();
    }

    private Binding binding() {
        return bench.bindings.load(session).orElseThrow();
    }

    private RunningTurn start(String text) {
        return RunningTurn.start(bot.harness, HarnessStage.request(session, text));
    }

    private CompletableFuture<TurnOutcome> ask(String question) {
        return CompletableFuture.supplyAsync(
                () -> sides.ask(session, question, Optional.empty()),
                task -> Thread.ofVirtual().start(task));
    }

    private static String text(CompletableFuture<TurnOutcome> asked) throws Exception {
        TurnOutcome outcome = asked.get(30, TimeUnit.SECONDS);
        assertThat(outcome).isInstanceOf(Completed.class);
        return ((Completed) outcome).text().orElse("");
    }
}
