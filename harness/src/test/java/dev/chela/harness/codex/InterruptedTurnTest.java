package dev.chela.harness.codex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.harness.ReplyMode;
import dev.chela.harness.TurnOutcome;
import dev.chela.harness.appserver.ServerVersion;
import dev.chela.harness.appserver.protocol.TurnStart;
import dev.chela.harness.appserver.protocol.UserInput;
import dev.chela.harness.kit.HarnessStage;
import dev.chela.harness.testing.FakeAppServer;
import dev.chela.harness.testing.SampleTurns;
import dev.chela.harness.testing.Wire;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Codex tells the model that the user aborted the turn; the next one says who really did. */
class InterruptedTurnTest {

    private static final String TRUTH =
            "The previous turn was interrupted by Chela, not by the user. Cause: the turn did not"
                    + " end by itself.";

    @ParameterizedTest
    @EnumSource
    void onlyAPersonsStopMayPassForOne(TurnOutcome.Cause cause) {
        Optional<String> told =
                Interrupts.toldNext(new TurnOutcome.Interrupted(cause, Optional.empty()));

        switch (cause) {
            case USER_STOP, NEW_SESSION, EXTERNAL, PROCESS_EXIT -> assertThat(told).isEmpty();
            case NEWER_MESSAGE, WATCHDOG, SHUTDOWN -> assertThat(told).isPresent();
        }
    }

    @Test
    void aReleasedAnswerWasNoStopOfAPerson() {
        var released =
                new TurnOutcome.Completed(Optional.of("done"), false, List.of(), Optional.empty());

        assertThat(Interrupts.toldNext(released)).contains("the turn did not end by itself");
    }

    @Test
    void theNextTurnCarriesOneLineBesideItsInput() {
        TurnStart start = next("0.169.0");

        assertThat(start.input()).containsExactly(UserInput.text("go on"));
        assertThat(start.options().additionalContext())
                .hasEntrySatisfying(
                        "chela:interrupted",
                        context -> assertThat(context.value()).isEqualTo(TRUTH));
    }

    @Test
    void at0125ItIsATextBehindTheInput() {
        TurnStart start = next("0.125.0");

        assertThat(start.input())
                .containsExactly(UserInput.text("go on"), UserInput.text("[" + TRUTH + "]"));
        assertThat(start.options().additionalContext()).isNull();
    }

    private static TurnStart next(String version) {
        var server = new FakeAppServer();
        server.version = ServerVersion.parse(version);
        var thread =
                new OpenThread(
                        server,
                        Wire.THREAD,
                        true,
                        Optional.of("the turn did not end by itself"),
                        false,
                        Optional.empty());
        return TurnStarts.of(
                thread,
                HarnessStage.request(SampleTurns.SESSION, "go on", ReplyMode.AUTOMATIC),
                CodexSettings.of(Path.of("/w")));
    }
}
