package dev.chela.harness.codex;

import static dev.chela.harness.testing.Wire.TURN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.harness.TurnEvent;
import dev.chela.harness.TurnOutcome;
import dev.chela.harness.appserver.ConnectionClosedException;
import dev.chela.harness.appserver.protocol.ThreadRead;
import dev.chela.harness.appserver.protocol.ThreadStatus;
import dev.chela.harness.appserver.protocol.TurnInterrupt;
import dev.chela.harness.appserver.protocol.TurnStart;
import dev.chela.harness.appserver.protocol.TurnStatus;
import dev.chela.harness.kit.RunningTurn;
import dev.chela.harness.testing.FakeAppServer;
import dev.chela.harness.testing.Wire;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A server that goes away, or does not answer: what it did is asked, and nothing runs twice. */
class LostConnectionTest extends CodexBench {

    @Test
    void silenceIsAskedAboutAndTheMissedAnswerDelivered() throws Exception {
        RunningTurn turn = start("hello");
        turn.await(TurnEvent.Started.class);
        timers.awaitArmed(1);
        server.history =
                List.of(Wire.turn(TURN, TurnStatus.COMPLETED, Wire.answer("m1", "missed")));
        timers.advance(Duration.ofSeconds(60));
        assertThat(turn.answer()).isEqualTo("missed");
    }

    @Test
    void silenceOfATurnStillRunningIsToldAndWaitedFor() throws Exception {
        RunningTurn turn = start("hello");
        turn.await(TurnEvent.Started.class);
        timers.awaitArmed(1);
        server.history = List.of(Wire.turn(TURN, TurnStatus.IN_PROGRESS));
        timers.advance(Duration.ofSeconds(60));
        turn.await(TurnEvent.StillWorking.class);
        finish(turn, server);
    }

    @Test
    void aServerThatAnswersNothingEndsTheTurnAsTimedOut() throws Exception {
        RunningTurn turn = start("hello");
        turn.await(TurnEvent.Started.class);
        timers.awaitArmed(1);
        server.silentOn(ThreadRead.class);
        timers.advance(Duration.ofSeconds(60));
        assertThat(((TurnOutcome.Failed) turn.outcome()).kind())
                .isEqualTo(TurnOutcome.Failure.TIMEOUT);
        server.await(TurnInterrupt.class);
    }

    @Test
    void aTurnStartWithoutAnAnswerIsAskedAboutByItsKey() throws Exception {
        server.silentOn(TurnStart.class);
        server.on(
                ThreadRead.class,
                read -> {
                    TurnStart sent = server.all(TurnStart.class).getLast();
                    return new ThreadRead.Result(
                            Wire.thread(
                                    read.threadId(),
                                    new ThreadStatus.Idle(),
                                    Wire.turn(
                                            TURN,
                                            TurnStatus.COMPLETED,
                                            Wire.user(sent.clientUserMessageId().value(), "x"),
                                            Wire.answer("m1", "it ran"))));
                });
        RunningTurn turn = start("hello");
        assertThat(turn.answer()).isEqualTo("it ran");
        assertThat(turn.events()).contains(new TurnEvent.InputTaken(turn.request().input()));
    }

    @Test
    void aConnectionLostBeforeTheInputWasTakenRunsItOnceMore() throws Exception {
        FakeAppServer second = new FakeAppServer();
        next.add(second);
        server.on(
                TurnStart.class,
                start -> {
                    server.close();
                    throw new ConnectionClosedException("gone", null);
                });
        RunningTurn turn = start("hello");
        second.await(TurnStart.class);
        finish(turn, second);
        assertThat(second.all(TurnStart.class)).hasSize(1);
    }

    @Test
    void aServerThatDiesAtEveryStartIsGivenUp() throws Exception {
        dying(server);
        for (int i = 0; i < 8; i++) {
            FakeAppServer another = new FakeAppServer();
            dying(another);
            next.add(another);
        }
        assertThat(((TurnOutcome.Failed) start("hello").outcome()).kind())
                .isEqualTo(TurnOutcome.Failure.SERVER_UNAVAILABLE);
    }

    @Test
    void aConnectionWhoseEndWasNotHeardIsMadeAnew() throws Exception {
        RunningTurn turn = start("hello");
        turn.await(TurnEvent.Started.class);
        timers.awaitArmed(1);
        AtomicInteger reads = new AtomicInteger();
        server.on(
                ThreadRead.class,
                read -> {
                    if (reads.getAndIncrement() == 0) {
                        throw new ConnectionClosedException("gone", null);
                    }
                    return read(Wire.turn(TURN, TurnStatus.COMPLETED, Wire.answer("m1", "missed")));
                });
        timers.advance(Duration.ofSeconds(60));
        assertThat(turn.answer()).isEqualTo("missed");
    }
}
