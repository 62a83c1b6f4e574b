package dev.chela.harness.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.harness.ThreadId;
import dev.chela.harness.TurnId;
import dev.chela.harness.appserver.protocol.ApprovalPolicy;
import dev.chela.harness.appserver.protocol.CodexTurn;
import dev.chela.harness.appserver.protocol.ItemStatus;
import dev.chela.harness.appserver.protocol.ServerAnswer;
import dev.chela.harness.appserver.protocol.ServerNotification;
import dev.chela.harness.appserver.protocol.ServerRequest;
import dev.chela.harness.appserver.protocol.ThreadItem;
import dev.chela.harness.appserver.protocol.ThreadRead;
import dev.chela.harness.appserver.protocol.TurnStatus;
import dev.chela.harness.kit.Talk;
import dev.chela.harness.kit.TurnWatch;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * Turns whose client vanishes from a server that stays. The stage's {@code kill} ends the
 * connection and nothing else here.
 */
abstract class AbsenceScenarios extends OnStage {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void aTurnGoesOnAndItsRestIsToldToTheClientThatReturns() {
        var talk = Talk.begin(stage());
        var turn = talk.start("slow 4");
        awaitText(talk.watch(), turn);
        vanish(talk);

        var watch = new TurnWatch();
        try (var returned = Talk.resume(stage(), talk.thread(), watch)) {
            assertThat(returned.read().turns().getLast().status())
                    .isEqualTo(TurnStatus.IN_PROGRESS);
            var seen = watch.awaitEnd(turn);

            assertThat(seen.status()).isEqualTo(TurnStatus.COMPLETED);
            assertThat(seen.answer()).startsWith("This answer comes slowly,");
            assertThat(seen.all(ServerNotification.AgentMessageDelta.class)).isNotEmpty();
        }
    }

    @Test
    void aCallNobodyAnsweredIsSentAgainUnderItsNameToTheClientThatReturns() {
        var talk = Talk.begin(stage(), Talk.tool("look_up", "Looks something up", false));
        var turn = talk.start("call kit.look_up {\"city\":\"Rome\"}");
        var call = talk.watch().awaitAsked(ServerRequest.ToolCall.class);
        vanish(talk);

        var watch =
                new TurnWatch()
                        .answering(_ -> Optional.of(ServerAnswer.ToolAnswer.of(true, "sunny")));
        try (var returned = Talk.resume(stage(), talk.thread(), watch)) {
            var again = watch.awaitAsked(ServerRequest.ToolCall.class);
            assertThat(again.callId()).isEqualTo(call.callId());
            assertThat(again).isEqualTo(call);
            assertThat(watch.awaitEnd(turn).answer()).isEqualTo("kit.look_up answered: sunny");
            assertThat(returned.say("next").answer()).isEqualTo("Echo: next");
            assertThat(watch.asked()).hasSize(1);
        }
    }

    @Test
    void anApprovalNobodyGaveIsAskedAgainOfTheClientThatReturns() {
        var talk = Talk.begin(stage(), ApprovalPolicy.UNTRUSTED);
        var turn = talk.start("run touch returned");
        var asked = talk.watch().awaitAsked(ServerRequest.CommandApproval.class);
        vanish(talk);
        assertThat(stage().workspace().resolve("returned")).doesNotExist();

        var accept = ServerAnswer.CommandDecision.of(ServerAnswer.Decision.ACCEPT);
        var watch = new TurnWatch().answering(_ -> Optional.of(accept));
        try (var returned = Talk.resume(stage(), talk.thread(), watch)) {
            assertThat(watch.awaitAsked(ServerRequest.CommandApproval.class).itemId())
                    .isEqualTo(asked.itemId());
            assertThat(watch.awaitEnd(turn).items(ThreadItem.CommandExecution.class))
                    .extracting(ThreadItem.CommandExecution::status)
                    .containsExactly(ItemStatus.COMPLETED);
            assertThat(returned.thread()).isEqualTo(talk.thread());
        }
        assertThat(stage().workspace().resolve("returned")).exists();
    }

    @Test
    void aTurnThatEndedWhileNobodyListenedIsReadAfterwards() throws IOException {
        var talk = Talk.begin(stage());
        var turn = talk.start("run until test -e go-on; do sleep 0.1; done");
        talk.watch()
                .await(
                        ServerNotification.ItemStarted.class,
                        it -> it.item() instanceof ThreadItem.CommandExecution);
        vanish(talk);
        Files.createFile(stage().workspace().resolve("go-on"));

        var ended = ended(talk.thread());

        assertThat(ended.id()).isEqualTo(turn);
        assertThat(ended.status()).isEqualTo(TurnStatus.COMPLETED);
        assertThat(ended.items().getLast())
                .isInstanceOfSatisfying(
                        ThreadItem.AgentMessage.class,
                        answer -> assertThat(answer.text()).contains("succeeded"));
    }

    private void vanish(Talk talk) {
        stage().kill();
        talk.watch().awaitClosed();
    }

    /** The last turn once it is over; who looks is gone again between two looks. */
    private CodexTurn ended(ThreadId thread) {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            // Nothing may listen, so there is nothing to be told by.
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            var turn =
                    stage().server()
                            .request(new ThreadRead(thread, true))
                            .thread()
                            .turns()
                            .getLast();
            if (turn.status() != TurnStatus.IN_PROGRESS) {
                return turn;
            }
            assertThat(System.nanoTime()).as("the turn does not end").isLessThan(end);
            stage().kill();
        }
    }

    private static void awaitText(TurnWatch watch, TurnId turn) {
        watch.await(
                ServerNotification.AgentMessageDelta.class, delta -> delta.turnId().equals(turn));
    }
}
