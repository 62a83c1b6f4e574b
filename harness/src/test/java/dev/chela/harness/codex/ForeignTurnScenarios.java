package dev.chela.harness.codex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.config.QueueMode;
import dev.chela.harness.SessionKey;
import dev.chela.harness.ThreadId;
import dev.chela.harness.TurnEvent;
import dev.chela.harness.TurnId;
import dev.chela.harness.TurnOutcome;
import dev.chela.harness.appserver.AppServer;
import dev.chela.harness.appserver.protocol.ApprovalPolicy;
import dev.chela.harness.appserver.protocol.CodexTurn;
import dev.chela.harness.appserver.protocol.Personality;
import dev.chela.harness.appserver.protocol.ReviewStart;
import dev.chela.harness.appserver.protocol.ReviewTarget;
import dev.chela.harness.appserver.protocol.ThreadOptions;
import dev.chela.harness.appserver.protocol.ThreadRead;
import dev.chela.harness.appserver.protocol.ThreadResume;
import dev.chela.harness.appserver.protocol.TurnInterrupt;
import dev.chela.harness.appserver.protocol.TurnOptions;
import dev.chela.harness.appserver.protocol.TurnStart;
import dev.chela.harness.appserver.protocol.TurnStatus;
import dev.chela.harness.appserver.protocol.TurnSteer;
import dev.chela.harness.appserver.protocol.UserInput;
import dev.chela.harness.kit.HarnessStage;
import dev.chela.harness.kit.RunningTurn;
import dev.chela.harness.testing.ManualTimers;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a turn runner does on a thread where another client of the same server is at work. */
abstract class ForeignTurnScenarios extends OnOneServer {

    private final ManualTimers timers = new ManualTimers();
    private BindingBench bench;
    private BindingBench.Process bot;
    private SessionKey session;
    AppServer other;

    /** One more client of that server. */
    abstract AppServer another();

    @BeforeEach
    void begin() {
        bench = new BindingBench(stage, timers);
        bot = bench.process();
        session = new SessionKey("agent:main:web:direct:" + UUID.randomUUID());
        other = another();
        assertThat(start("hello").answer()).isEqualTo("Echo: hello");
    }

    @AfterEach
    void end() {
        other.close();
        bench.close();
    }

    @Test
    void itIsFollowedAndWaitedForOnAThreadThatWasJustUsed() {
        TurnId foreign = begunElsewhere("slow 60");
        RunningTurn mine = start("mine");
        assertThat(mine.await(TurnEvent.Activity.class).title()).contains("another client");
        assertThat(bot.codex.isBusyElsewhere(session)).contains(true);

        other.request(new TurnInterrupt(thread(), foreign));

        assertThat(mine.answer()).isEqualTo("Echo: mine");
        assertThat(turns()).hasSize(3);
        assertThat(bench.asked(TurnStart.class)).hasSize(2);
        assertThat(bench.asked(TurnSteer.class)).isEmpty();
        assertThat(mine.events(TurnEvent.Activity.class).getLast().running()).isFalse();
        assertThat(bot.codex.isBusyElsewhere(session)).contains(false);
    }

    @Test
    void itIsFoundByAProcessThatResumesTheThread() {
        TurnId foreign = begunElsewhere("slow 60");
        bot = bench.process();
        RunningTurn mine = start("mine");
        mine.await(TurnEvent.Activity.class);
        assertThat(bench.asked(TurnStart.class)).hasSize(1);

        other.request(new TurnInterrupt(thread(), foreign));

        assertThat(mine.answer()).isEqualTo("Echo: mine");
        assertThat(turns()).hasSize(3);
    }

    @Test
    void itIsFollowedInASessionThatTakesTheThreadUpMeanwhile() {
        ThreadId thread = thread();
        TurnId foreign = begunElsewhere("slow 60");
        session = new SessionKey("agent:main:web:direct:" + UUID.randomUUID());
        bot.codex.resume(session, thread);
        assertThat(bot.codex.isBusyElsewhere(session)).contains(true);
        RunningTurn mine = start("mine");
        assertThat(mine.await(TurnEvent.Activity.class).title()).contains("another client");

        other.request(new TurnInterrupt(thread, foreign));

        assertThat(mine.answer()).isEqualTo("Echo: mine");
        assertThat(turns()).hasSize(3);
    }

    @Test
    void afterHalfAMinuteASteeringSessionJoinsIt() throws Exception {
        begunElsewhere("slow 60");
        RunningTurn mine = start("rather this");
        mine.await(TurnEvent.Activity.class);
        pass(Duration.ofSeconds(30));

        assertThat(mine.answer()).isEqualTo("Echo: rather this");

        assertThat(mine.events()).contains(new TurnEvent.InputTaken(mine.request().input()));
        assertThat(turns()).hasSize(2);
        assertThat(bench.asked(TurnStart.class)).hasSize(1);
    }

    @Test
    void afterHalfAMinuteAnInterruptingSessionEndsIt() throws Exception {
        bench.with(QueueMode.INTERRUPT);
        begunElsewhere("slow 60");
        RunningTurn mine = start("mine");
        mine.await(TurnEvent.Activity.class);
        pass(Duration.ofSeconds(30));

        assertThat(mine.answer()).isEqualTo("Echo: mine");

        assertThat(turns()).hasSize(3);
        assertThat(turns().get(1).status()).isEqualTo(TurnStatus.INTERRUPTED);
    }

    @Test
    void afterHalfAMinuteAWaitingSessionSaysSoAndWaitsOn() throws Exception {
        bench.with(QueueMode.FOLLOWUP);
        TurnId foreign = begunElsewhere("slow 60");
        RunningTurn mine = start("mine");
        mine.await(TurnEvent.Activity.class);
        pass(Duration.ofSeconds(30));
        assertThat(mine.await(TurnEvent.StillWorking.class).lastActivity())
                .contains("another client");
        assertThat(bench.asked(TurnStart.class)).hasSize(1);

        other.request(new TurnInterrupt(thread(), foreign));

        assertThat(mine.answer()).isEqualTo("Echo: mine");
    }

    @Test
    void aStopEndsTheWaitingAndLeavesTheOtherTurnAlone() {
        TurnId foreign = begunElsewhere("slow 60");
        RunningTurn mine = start("mine");
        mine.await(TurnEvent.Activity.class);
        bot.harness.interrupt(mine.key(), TurnOutcome.Cause.USER_STOP);

        assertThat(((TurnOutcome.Interrupted) mine.outcome()).cause())
                .isEqualTo(TurnOutcome.Cause.USER_STOP);

        assertThat(turns().getLast().status()).isEqualTo(TurnStatus.IN_PROGRESS);
        assertThat(bench.asked(TurnInterrupt.class)).isEmpty();
        other.request(new TurnInterrupt(thread(), foreign));
    }

    @Test
    void aReviewIsWaitedForByASteeringSessionAsItTakesNothing() throws Exception {
        reviewedElsewhere("slow 60");
        RunningTurn mine = start("mine");
        mine.await(TurnEvent.Activity.class);
        pass(Duration.ofSeconds(30));
        mine.await(TurnEvent.StillWorking.class);
        assertThat(bench.asked(TurnStart.class)).hasSize(1);

        bench.with(QueueMode.INTERRUPT);
        pass(Duration.ofMinutes(1));

        assertThat(mine.answer()).isEqualTo("Echo: mine");
    }

    @Test
    void aReviewIsEndedByAnInterruptingSession() throws Exception {
        bench.with(QueueMode.INTERRUPT);
        reviewedElsewhere("slow 60");
        RunningTurn mine = start("mine");
        mine.await(TurnEvent.Activity.class);
        pass(Duration.ofSeconds(30));

        assertThat(mine.answer()).isEqualTo("Echo: mine");
    }

    private void reviewedElsewhere(String instructions) {
        other.request(new ThreadResume(thread(), ThreadOptions.none(), Personality.NONE, true));
        other.request(new ReviewStart(thread(), new ReviewTarget.Custom(instructions)));
        bench.awaitBusy(thread());
    }

    TurnId begunElsewhere(String text) {
        other.request(new ThreadResume(thread(), ThreadOptions.none(), Personality.NONE, true));
        TurnId begun =
                other.request(
                                new TurnStart(
                                        thread(),
                                        List.of(UserInput.text(text)),
                                        null,
                                        TurnOptions.builder()
                                                .approvalPolicy(ApprovalPolicy.UNTRUSTED)
                                                .build()))
                        .turn()
                        .id();
        bench.awaitBusy(thread());
        return begun;
    }

    private void pass(Duration time) throws InterruptedException {
        timers.awaitArmed(1);
        timers.advance(time);
    }

    List<CodexTurn> turns() {
        return other.request(new ThreadRead(thread(), true)).thread().turns();
    }

    RunningTurn start(String text) {
        return RunningTurn.start(bot.harness, HarnessStage.request(session, text));
    }

    ThreadId thread() {
        return bench.bindings.load(session).orElseThrow().thread();
    }
}
