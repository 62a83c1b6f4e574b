package dev.chela.harness.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chela.harness.InputKey;
import dev.chela.harness.TurnId;
import dev.chela.harness.appserver.RpcFailedException;
import dev.chela.harness.appserver.protocol.CodexTurn;
import dev.chela.harness.appserver.protocol.ServerAnswer;
import dev.chela.harness.appserver.protocol.ServerNotification;
import dev.chela.harness.appserver.protocol.ServerRequest;
import dev.chela.harness.appserver.protocol.ThreadItem;
import dev.chela.harness.appserver.protocol.TurnStatus;
import dev.chela.harness.kit.Processes;
import dev.chela.harness.kit.Talk;
import dev.chela.harness.kit.TurnWatch;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Turns that are steered, stopped or cut, and threads that outlive their server. */
abstract class ControlScenarios extends OnStage {

    @Test
    void aSteerIsAnsweredInTheSameTurn() {
        try (var talk = Talk.begin(stage())) {
            var turn = talk.start(traits().slowly());
            awaitText(talk, turn);
            var steered = talk.steer(turn, "rather this");
            var seen = talk.watch().awaitEnd(turn);

            assertThat(seen.answer()).isEqualTo("Echo: rather this");
            assertThat(seen.items(ThreadItem.AgentMessage.class))
                    .hasSize(traits().steerCuts() ? 1 : 2);
            assertThat(seen.items(ThreadItem.UserMessage.class))
                    .extracting(ThreadItem.UserMessage::clientId)
                    .contains(named(steered));
        }
    }

    @Test
    void aSteerOfTheWrongTurnIsRefused() {
        try (var talk = Talk.begin(stage())) {
            var turn = talk.start("slow 60");
            awaitText(talk, turn);

            assertThatThrownBy(() -> talk.steer(new TurnId("no-such-turn"), "hello"))
                    .isInstanceOf(RpcFailedException.class);
            talk.interrupt(turn);
            talk.watch().awaitEnd(turn);
            assertThatThrownBy(() -> talk.steer(turn, "too late"))
                    .isInstanceOf(RpcFailedException.class);
        }
    }

    @Test
    void aSteerThatAnInterruptOvertakesIsLostAlthoughItWasAnswered() {
        try (var talk = Talk.begin(stage())) {
            var turn = talk.start("run sleep 616.25");
            awaitCommand(talk, turn);
            talk.steer(turn, "rather this");
            talk.interrupt(turn);
            var seen = talk.watch().awaitEnd(turn);

            assertThat(seen.status()).isEqualTo(TurnStatus.INTERRUPTED);
            assertThat(seen.items(ThreadItem.UserMessage.class)).hasSize(1);
            assertThat(clientIds(talk.read().turns().getLast())).hasSize(1);
            talk.clean();
        }
    }

    @Test
    void aSecondTurnStartOnABusyThreadSteersTheFirst() {
        try (var talk = Talk.begin(stage())) {
            var turn = talk.start(traits().slowly());
            awaitText(talk, turn);

            assertThat(talk.start("and this").equals(turn)).isEqualTo(traits().secondStartJoins());
            assertThat(talk.watch().awaitEnd(turn).answer()).isEqualTo("Echo: and this");
        }
    }

    @Test
    void anInterruptEndsTheTurnAndTheThreadGoesOn() {
        try (var talk = Talk.begin(stage())) {
            var turn = talk.start("slow 60");
            awaitText(talk, turn);
            talk.interrupt(turn);
            var seen = talk.watch().awaitEnd(turn);

            assertThat(seen.status()).isEqualTo(TurnStatus.INTERRUPTED);
            assertThat(seen.items(ThreadItem.AgentMessage.class)).isEmpty();
            assertThat(talk.say("next").answer()).isEqualTo("Echo: next");
        }
    }

    @Test
    void anInterruptFreesATurnThatWaitsForATool() {
        var tool = Talk.tool("look_up", "Looks something up", false);
        try (var talk = Talk.begin(stage(), tool)) {
            var turn = talk.start("call kit.look_up {\"city\":\"Rome\"}");
            talk.watch().awaitAsked(ServerRequest.ToolCall.class);
            talk.interrupt(turn);

            assertThat(talk.watch().awaitEnd(turn).status()).isEqualTo(TurnStatus.INTERRUPTED);
            // Too late: nobody minds.
            talk.watch().endOpen(1, reply -> reply.answer(ServerAnswer.ToolAnswer.of(true, "x")));
            assertThat(talk.say("next").answer()).isEqualTo("Echo: next");
        }
    }

    @Test
    void aRunningTurnIsReadAsInProgress() {
        try (var talk = Talk.begin(stage())) {
            var turn = talk.start("slow 60");
            awaitText(talk, turn);

            assertThat(talk.read().turns().getLast().status()).isEqualTo(TurnStatus.IN_PROGRESS);
            talk.interrupt(turn);
            talk.watch().awaitEnd(turn);
            assertThat(talk.read().turns().getLast().status()).isEqualTo(TurnStatus.INTERRUPTED);
        }
    }

    @Test
    void anInterruptLeavesTheCommandRunningAndCleaningEndsIt() {
        try (var talk = Talk.begin(stage())) {
            var marker = "sleep 613.25";
            var turn = talk.start("run " + marker);
            var process = Processes.await(marker);
            // A command is kept only once it was shown; one interrupted before that is killed.
            awaitCommand(talk, turn);
            talk.interrupt(turn);
            var seen = talk.watch().awaitEnd(turn);

            assertThat(seen.status()).isEqualTo(TurnStatus.INTERRUPTED);
            assertThat(seen.items(ThreadItem.CommandExecution.class)).isEmpty();
            assertThat(process.isAlive()).isTrue();
            talk.clean();
            Processes.awaitGone(process);
        }
    }

    @Test
    void aKilledServerLeavesTheTurnInterruptedAndTheThreadResumable() {
        var input = new InputKey("input-before-the-kill");
        var watch = new TurnWatch();
        var talk = Talk.begin(stage());
        talk.say("before");
        var turn = talk.start("slow 60", input);
        awaitText(talk, turn);

        stage().kill();
        talk.watch().awaitClosed();

        try (var resumed = Talk.resume(stage(), talk.thread(), watch)) {
            var cut = resumed.read().turns().getLast();
            assertThat(cut.id()).isEqualTo(turn);
            assertThat(cut.status()).isEqualTo(TurnStatus.INTERRUPTED);
            assertThat(clientIds(cut)).containsExactly(named(input));
            assertThat(resumed.say("after").answer()).isEqualTo("Echo: after");
        }
    }

    @Test
    void aCommandOfAKilledServerEndsWithIt() {
        var talk = Talk.begin(stage());
        var marker = "sleep 614.25";
        talk.start("run " + marker);
        var process = Processes.await(marker);

        stage().kill();

        Processes.awaitGone(process);
    }

    @Test
    void aThreadIsReadAndResumedByANewServer() {
        var talk = Talk.begin(stage());
        talk.say("remember me");
        stage().kill();

        try (var resumed = Talk.resume(stage(), talk.thread(), new TurnWatch())) {
            var turns = resumed.read().turns();
            assertThat(turns).hasSize(1);
            assertThat(turns.getFirst().status()).isEqualTo(TurnStatus.COMPLETED);
            assertThat(turns.getFirst().items())
                    .filteredOn(ThreadItem.AgentMessage.class::isInstance)
                    .hasSize(1);
            assertThat(resumed.say("again").answer()).isEqualTo("Echo: again");
        }
    }

    @Test
    void aThreadWithoutTurnsIsUnknownToANewServer() {
        var talk = Talk.begin(stage());
        stage().kill();

        assertThatThrownBy(() -> Talk.resume(stage(), talk.thread(), new TurnWatch()))
                .isInstanceOf(RpcFailedException.class)
                .hasMessageContaining("no rollout found");
    }

    private @Nullable String named(InputKey input) {
        return traits().clientIds() ? input.value() : null;
    }

    private static void awaitText(Talk talk, TurnId turn) {
        talk.watch()
                .await(
                        ServerNotification.AgentMessageDelta.class,
                        delta -> delta.turnId().equals(turn));
    }

    private static void awaitCommand(Talk talk, TurnId turn) {
        talk.watch()
                .await(
                        ServerNotification.ItemStarted.class,
                        start ->
                                start.turnId().equals(turn)
                                        && start.item() instanceof ThreadItem.CommandExecution);
    }

    private static List<String> clientIds(CodexTurn turn) {
        return turn.items().stream()
                .filter(ThreadItem.UserMessage.class::isInstance)
                .map(item -> ((ThreadItem.UserMessage) item).clientId())
                .toList();
    }
}
