package dev.chela.harness.codex;

import static dev.chela.harness.testing.Wire.TURN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.harness.TurnEvent;
import dev.chela.harness.TurnId;
import dev.chela.harness.TurnOutcome;
import dev.chela.harness.appserver.ConnectionClosedException;
import dev.chela.harness.appserver.protocol.RpcId;
import dev.chela.harness.appserver.protocol.ServerAnswer;
import dev.chela.harness.appserver.protocol.ServerNotification;
import dev.chela.harness.appserver.protocol.ThreadRead;
import dev.chela.harness.appserver.protocol.ThreadResume;
import dev.chela.harness.appserver.protocol.ThreadStatus;
import dev.chela.harness.appserver.protocol.TurnStart;
import dev.chela.harness.appserver.protocol.TurnStatus;
import dev.chela.harness.appserver.protocol.TurnSteer;
import dev.chela.harness.kit.RunningTurn;
import dev.chela.harness.testing.FakeAppServer;
import dev.chela.harness.testing.KeptReply;
import dev.chela.harness.testing.Wire;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Another client, or a review, has the thread: it is waited for, joined, and its own asked. */
class AnotherClientTest extends CodexBench {

    @Test
    void aForeignTurnIsWaitedForInsteadOfSteered() throws Exception {
        finish(start("one"), server);
        FakeAppServer other = replace();
        other.status = new ThreadStatus.Active(List.of());
        RunningTurn second = start("two");
        other.await(ThreadResume.class);
        timers.awaitArmed(1);
        assertThat(other.all(TurnStart.class)).isEmpty();
        other.tell(Wire.completed(new TurnId("foreign"), TurnStatus.COMPLETED));
        other.await(TurnStart.class);
        finish(second, other);
    }

    @Test
    void aForeignTurnThatDoesNotEndIsWaitedForAsLongAsATurnMayTake() throws Exception {
        finish(start("one"), server);
        FakeAppServer other = replace();
        other.status = new ThreadStatus.Active(List.of());
        RunningTurn second = start("two");
        other.await(ThreadResume.class);
        timers.awaitArmed(1);
        timers.advance(Duration.ofSeconds(30));
        second.await(TurnEvent.StillWorking.class);
        timers.awaitArmed(1);
        timers.advance(Watches.defaults().run());
        assertThat(((TurnOutcome.Failed) second.outcome()).kind())
                .isEqualTo(TurnOutcome.Failure.THREAD_BUSY);
        assertThat(other.all(TurnStart.class)).isEmpty();
    }

    @Test
    void aConnectionLostAtTheStartAfterAReviewIsAskedAbout() throws Exception {
        FakeAppServer second = new FakeAppServer();
        next.add(second);
        second.on(
                ThreadRead.class,
                read -> {
                    String key =
                            server.all(TurnStart.class).getLast().clientUserMessageId().value();
                    return read(
                            Wire.turn(
                                    TURN,
                                    TurnStatus.COMPLETED,
                                    Wire.user(key, "x"),
                                    Wire.answer("m1", "it ran")));
                });
        server.on(
                TurnStart.class,
                start -> {
                    if (server.all(TurnStart.class).size() == 1) {
                        throw refused("turn/start", "ActiveTurnNotSteerable");
                    }
                    server.close();
                    throw new ConnectionClosedException("gone", null);
                });
        assertThat(start("hello").answer()).isEqualTo("it ran");
        assertThat(second.all(TurnStart.class)).isEmpty();
    }

    @Test
    void aStopWhileAReviewIsWaitedForIsAStop() throws Exception {
        server.on(
                TurnStart.class,
                start -> {
                    server.status = new ThreadStatus.Active(List.of());
                    throw refused("turn/start", "ActiveTurnNotSteerable");
                });
        RunningTurn turn = start("hello");
        turn.await(TurnEvent.Activity.class);
        timers.awaitArmed(1);
        harness.interrupt(turn.key(), TurnOutcome.Cause.USER_STOP);
        assertThat(turn.outcome())
                .isEqualTo(
                        new TurnOutcome.Interrupted(TurnOutcome.Cause.USER_STOP, Optional.empty()));
    }

    @Test
    void aConnectionLostWhileJoiningIsAskedAboutAndNothingIsStartedTwice() throws Exception {
        finish(start("one"), server);
        FakeAppServer busy = replace();
        TurnId foreign = new TurnId("foreign");
        busy.status = new ThreadStatus.Active(List.of());
        busy.history = List.of(Wire.turn(foreign, TurnStatus.IN_PROGRESS));
        FakeAppServer after = new FakeAppServer();
        next.add(after);
        busy.on(
                TurnSteer.class,
                steer -> {
                    after.history =
                            List.of(
                                    Wire.turn(
                                            foreign,
                                            TurnStatus.COMPLETED,
                                            Wire.user(steer.clientUserMessageId().value(), "two"),
                                            Wire.answer("m1", "joined")));
                    busy.close();
                    throw new ConnectionClosedException("gone", null);
                });
        RunningTurn second = start("two");
        second.await(TurnEvent.Activity.class);
        timers.awaitArmed(1);
        timers.advance(Duration.ofSeconds(30));
        assertThat(second.answer()).isEqualTo("joined");
        assertThat(after.all(TurnStart.class)).isEmpty();
    }

    @Test
    void whatAnotherClientsTurnAsksIsNotForUsUntilItTookOurInputAndThenForPeople()
            throws Exception {
        finish(start("one"), server);
        FakeAppServer busy = replace();
        TurnId foreign = new TurnId("foreign");
        busy.status = new ThreadStatus.Active(List.of());
        busy.history = List.of(Wire.turn(foreign, TurnStatus.IN_PROGRESS));
        busy.on(TurnSteer.class, steer -> new TurnSteer.Result(foreign));
        RunningTurn second = start("two");
        second.await(TurnEvent.Activity.class);
        timers.awaitArmed(1);
        timers.advance(Duration.ofSeconds(30));
        busy.await(TurnSteer.class);
        second.await(TurnEvent.Activity.class, activity -> !activity.running());
        KeptReply answeredElsewhere = new KeptReply(7);
        KeptReply open = new KeptReply(8);
        busy.ask(Wire.mayRun(foreign, "rm -r /"), answeredElsewhere);
        busy.ask(Wire.mayRun(foreign, "ls"), open);
        busy.tell(new ServerNotification.ServerRequestResolved(Wire.THREAD, RpcId.of(7)));
        busy.tell(Wire.closed(foreign, Wire.command("c1", "pwd")));
        assertThat(open.isAnswered()).isFalse();

        String ours = second.request().input().value();
        busy.tell(Wire.opened(foreign, Wire.user(ours, "two")));

        // Nobody can be reached here; the policy of our own turns would have allowed it.
        assertThat(open.await())
                .isEqualTo(ServerAnswer.CommandDecision.of(ServerAnswer.Decision.DECLINE));
        assertThat(answeredElsewhere.isAnswered()).isFalse();
        busy.tell(
                Wire.closed(foreign, Wire.answer("m", "fine")),
                Wire.completed(foreign, TurnStatus.COMPLETED));
        assertThat(second.answer()).isEqualTo("fine");
    }
}
