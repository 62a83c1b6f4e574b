package dev.chela.harness.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.harness.ToolResult;
import dev.chela.harness.TurnEvent;
import dev.chela.harness.TurnOutcome;
import dev.chela.harness.kit.HarnessStage;
import dev.chela.harness.kit.RecordingTool;
import dev.chela.harness.kit.RunningTurn;
import dev.chela.harness.kit.Stage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person is told of turns that use tools, fail or lose their server. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class OutcomeScenarios {

    private final RecordingTool direct = new RecordingTool("look_up", "Looks up a city", true);
    private final RecordingTool deferred =
            new RecordingTool("weather_report", "Reports the weather of a city", false);
    private HarnessStage house;

    /** The app-server to play on. */
    abstract Stage build(Path directory) throws IOException;

    @BeforeAll
    void raise(@TempDir Path directory) throws IOException {
        house = new HarnessStage(build(directory), direct, deferred);
    }

    @AfterAll
    void strike() throws Exception {
        house.close();
    }

    @Test
    void aDirectToolRunsOnceAndTheModelGetsItsText() {
        direct.answering(call -> ToolResult.ok("sunny in " + call.arguments().get("city")));
        var session = HarnessStage.freshSession();
        var before = direct.calls().size();

        assertThat(text(house.start(session, "call openclaw.look_up {\"city\":\"Rome\"}")))
                .contains("openclaw.look_up answered: sunny in Rome");
        assertThat(direct.calls()).hasSize(before + 1);
    }

    @Test
    void aDeferredToolIsFoundAndRun() {
        deferred.answering(_ -> ToolResult.ok("rain"));

        assertThat(text(house.start(HarnessStage.freshSession(), "search tool weather")))
                .contains("openclaw.weather_report answered: rain");
    }

    @ParameterizedTest
    @CsvSource({
        "fail quota, USAGE_LIMIT",
        "fail rate, RATE_LIMIT",
        "fail busy, OVERLOADED",
        "fail full, CONTEXT_FULL",
        "cut, MODEL_ERROR",
    })
    void aFailedTurnHasItsKindAndANextStep(String words, TurnOutcome.Failure kind) {
        var session = HarnessStage.freshSession();
        var failed = (TurnOutcome.Failed) house.start(session, words).outcome();

        assertThat(failed.kind()).isEqualTo(kind);
        assertThat(failed.notice()).isNotBlank();
        assertThat(text(house.start(session, "still there?"))).contains("Echo: still there?");
    }

    @Test
    void aTurnCutByADyingServerIsToldTruthfullyAndItsThreadIsKept() {
        var session = HarnessStage.freshSession();
        text(house.start(session, "before"));
        var thread = house.bindings().load(session).orElseThrow().thread();
        var turn = house.start(session, "slow 60");
        turn.await(TurnEvent.TextDelta.class, _ -> true);

        house.stage().kill();

        assertThat(turn.outcome()).isInstanceOf(TurnOutcome.Uncertain.class);
        assertThat(text(house.start(session, "after"))).contains("Echo: after");
        assertThat(house.bindings().load(session).orElseThrow().thread()).isEqualTo(thread);
    }

    private static Optional<String> text(RunningTurn turn) {
        return ((TurnOutcome.Completed) turn.outcome()).text();
    }
}
