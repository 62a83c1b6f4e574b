package dev.chela.harness.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.harness.Beginning;
import dev.chela.harness.InputKey;
import dev.chela.harness.Prompt;
import dev.chela.harness.ThreadId;
import dev.chela.harness.TurnEvent;
import dev.chela.harness.TurnId;
import dev.chela.harness.TurnOutcome;
import dev.chela.harness.TurnRequest;
import dev.chela.harness.kit.HarnessStage;
import dev.chela.harness.kit.RecordingTool;
import dev.chela.harness.kit.RunningTurn;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of turns and threads when the app-server or Chela itself dies. */
abstract class RestartScenarios extends InHouse {

    @AfterEach
    void forgetOtherTools() {
        house().restart();
    }

    @Test
    void aServerKilledInMidTurnLeavesItUncertainAndItsThreadIsKept() {
        start("before").answer();
        var thread = thread();
        var turn = start("slow 60");
        turn.await(TurnEvent.TextDelta.class);

        house().stage().kill();

        assertThat(turn.outcome()).isInstanceOf(TurnOutcome.Uncertain.class);
        assertThat(turn.events()).hasAtLeastOneElementOfType(TurnEvent.TextRetracted.class);
        assertThat(start("after").answer()).isEqualTo("Echo: after");
        assertThat(thread()).isEqualTo(thread);
    }

    @Test
    void aNewProcessResumesTheThreadAndItsTools() {
        assertThat(start("hello").answer()).isEqualTo("Echo: hello");
        var thread = thread();
        house().stage().kill();
        house().restart();

        start("tell me more").outcome();
        assertThat(messages.texts()).last().isEqualTo("more");
        var asking = start("ask me now");
        house().desk().nextShown();
        house().approvals().answerNext(session(), "ada", true, 102L, "1");
        assertThat(asking.answer()).contains("Blue");
        assertThat(thread()).isEqualTo(thread);
    }

    @Test
    void whatFinishedBeforeARestartIsDelivered() {
        var first = start("tell me news");
        var live = first.outcome();
        var sent = messages.texts().size();
        house().restart();

        assertThat(house().recover(first.request()).outcome()).isEqualTo(live);
        assertThat(messages.texts()).hasSize(sent);
    }

    @Test
    void whatWasCutBeforeARestartIsUncertainAndNotRunAgain() {
        start("before").outcome();
        var cut = cutAndRestarted();

        assertThat(house().recover(cut.request()).outcome())
                .isInstanceOf(TurnOutcome.Uncertain.class);
    }

    /** A turn whose server died, and then the bot. */
    private RunningTurn cutAndRestarted() {
        var cut = start("slow 60");
        cut.await(TurnEvent.TextDelta.class);
        house().stage().kill();
        cut.outcome();
        house().restart();
        return cut;
    }

    /** Where no client ids are kept, only time and name can tell; elsewhere the id does. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aPromptThatReadsDifferentlyAfterACrashIsNotRunAgain(boolean heardToBegin) {
        start("before").outcome();
        var written = house().now();
        var cut = cutAndRestarted();
        var begun = cut.await(TurnEvent.Started.class);
        var again =
                new TurnRequest(
                                cut.request().turn(),
                                cut.request().input(),
                                Prompt.of("slow 60 (a line of context less)"),
                                Optional.empty())
                        .begun(
                                new Beginning(
                                        written, Optional.of(begun).filter(_ -> heardToBegin)));

        assertThat(house().recover(again).outcome()).isInstanceOf(TurnOutcome.Uncertain.class);
    }

    /** Else it would be a turn of its own, and what it asks for would be done twice. */
    @Test
    void whatWasSteeredIntoATurnBeforeARestartIsKnownToBeTaken() {
        var first = start("slow 3");
        var begun = first.await(TurnEvent.Started.class);
        first.await(TurnEvent.TextDelta.class);
        var steer = new InputKey("steer-" + first.key());
        house().harness().steer(first.key(), steer, Prompt.of("rather this"));
        var live = first.outcome();
        var written = house().now();
        house().restart();

        var again =
                house().recover(
                                first.request()
                                        .begun(
                                                new Beginning(
                                                        written,
                                                        Optional.of(begun),
                                                        List.of(
                                                                new Beginning.Steered(
                                                                        steer, "rather this")),
                                                        Optional.empty())));

        assertThat(again.outcome()).isEqualTo(live);
        assertThat(again.events(TurnEvent.InputTaken.class))
                .extracting(TurnEvent.InputTaken::input)
                .containsExactly(first.request().input(), steer);
    }

    @Test
    void whatAPersonStoppedBeforeARestartIsNotTakenForACrash() {
        start("before").outcome();
        var written = house().now();
        var cut = cutAndRestarted();
        var begun = cut.await(TurnEvent.Started.class);

        var again =
                house().recover(
                                cut.request()
                                        .begun(
                                                new Beginning(
                                                        written,
                                                        Optional.of(begun),
                                                        List.of(),
                                                        Optional.of(TurnOutcome.Cause.USER_STOP))));

        assertThat(again.outcome())
                .isInstanceOfSatisfying(
                        TurnOutcome.Interrupted.class,
                        end -> assertThat(end.cause()).isEqualTo(TurnOutcome.Cause.USER_STOP));
    }

    @Test
    void whatCodexNeverTookBeforeARestartIsRunThen() {
        start("before").outcome();
        var never = HarnessStage.request(session(), "hello");
        house().restart();

        assertThat(house().recover(never).answer()).isEqualTo("Echo: hello");
    }

    /** Its thread may live on in another server that the config named then. */
    @Test
    void whatBeganInACodexThatIsNotThisOneIsNotRunHere() {
        start("before").outcome();
        var elsewhere =
                new TurnEvent.Started(
                        new ThreadId(UUID.randomUUID().toString()),
                        new TurnId(UUID.randomUUID().toString()));
        var begun =
                HarnessStage.request(session(), "hello")
                        .begun(new Beginning(house().now(), Optional.of(elsewhere)));
        house().restart();

        assertThat(house().recover(begun).outcome()).isInstanceOf(TurnOutcome.Uncertain.class);
    }

    @Test
    void anotherSetOfToolsReplacesTheThreadAndAForgottenOneIsLeft() {
        start("hello").outcome();
        var first = thread();
        house().restart(new RecordingTool("another", "Another tool", true));
        start("hello").outcome();
        assertThat(thread()).isNotEqualTo(first);

        house().harness().forget(session());
        assertThat(house().bindings().load(session())).isEmpty();
        house().codex().resume(session(), first);
        assertThat(start("tell me back").outcome()).isInstanceOf(TurnOutcome.Completed.class);
        assertThat(thread()).isEqualTo(first);
    }
}
