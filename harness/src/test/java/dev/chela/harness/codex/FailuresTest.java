package dev.chela.harness.codex;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.chela.harness.TurnOutcome;
import dev.chela.harness.TurnOutcome.Failed;
import dev.chela.harness.TurnOutcome.Failure;
import dev.chela.harness.appserver.RpcFailedException;
import dev.chela.harness.appserver.SwitchedOffException;
import dev.chela.harness.appserver.protocol.CodexErrorInfo;
import dev.chela.harness.appserver.protocol.TurnError;
import dev.chela.harness.testing.Wire;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FailuresTest {

    @Test
    void onlyAServerThatEndedIsCalledCutOff() {
        assertThat(Failures.uncertain(TurnOutcome.Cause.PROCESS_EXIT, "").toString())
                .contains("Codex was cut off");
        assertThat(Failures.uncertain(TurnOutcome.Cause.WATCHDOG, "Runs make").toString())
                .contains("Codex no longer says", "Last seen: Runs make.")
                .doesNotContain("cut off");
    }

    @ParameterizedTest
    @CsvSource({
        "usageLimitExceeded, USAGE_LIMIT",
        "rateLimitExceeded, RATE_LIMIT",
        "serverOverloaded, OVERLOADED",
        "internalServerError, OVERLOADED",
        "contextWindowExceeded, CONTEXT_FULL",
        "unauthorized, NOT_SIGNED_IN",
        "other, MODEL_ERROR",
        "somethingNew, MODEL_ERROR"
    })
    void theTypedCauseDecides(String kind, Failure expected) {
        assertThat(Failures.of(Wire.error(kind, "rate limit exceeded, context window, 401")).kind())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "401, NOT_SIGNED_IN",
        "403, NOT_SIGNED_IN",
        "429, RATE_LIMIT",
        "503, OVERLOADED",
        "404, MODEL_ERROR"
    })
    void aStatusOfTheModelsServerDecides(int status, Failure expected) {
        CodexErrorInfo info =
                new CodexErrorInfo(
                        "httpConnectionFailed",
                        JsonNodeFactory.instance.objectNode().put("httpStatusCode", status));
        assertThat(Failures.of(new TurnError("x", info, null)).kind()).isEqualTo(expected);
    }

    @Test
    void foreignTextIsBoundedAndRedacted() {
        Failed failed =
                Failures.of(
                        Wire.error(
                                "other",
                                "\u001b[31mBearer abcdefgh sk-12345678901234 "
                                        + "x".repeat(5_000)));
        assertThat(failed.notice())
                .doesNotContain("abcdefgh", "sk-1234", "\u001b")
                .hasSizeLessThan(500);
    }

    @Test
    void anUnknownMethodsListIsNotShown() {
        RpcFailedException refused =
                new RpcFailedException(
                        "turn/start",
                        -32600,
                        null,
                        "Invalid request: unknown variant `turn/start`, expected one of a, b, c");
        assertThat(Failures.of(refused).notice()).doesNotContain("expected one of");
    }

    @Test
    void aThreadThatCannotBeOpenedForAnUnknownReasonHasAWayOut() {
        RpcFailedException refused =
                new RpcFailedException("thread/resume", -32603, null, "the rollout is a riddle");

        assertThat(Failures.of(refused).notice())
                .startsWith("Something in Codex went wrong. The conversation is kept;")
                .contains("(thread/resume")
                .endsWith("again and again, `/new` begins a new one.");
    }

    @Test
    void aSwitchIsNamedWithWhereItIs() {
        Failed failed = Failures.of(new SwitchedOffException("`plugins.deny` names `codex`"));

        assertThat(failed.notice())
                .isEqualTo(
                        "Nothing was sent: Codex is switched off for this bot, as `plugins.deny`"
                                + " names `codex`. Change that in its configuration (`chela config"
                                + " file` tells where it is) and restart it. Then send this again.");
    }

    @ParameterizedTest
    @EnumSource(Failure.class)
    void everyFailureHasWordsThatEndInASentence(Failure kind) {
        assertThat(Failures.failed(kind, Optional.empty()).notice())
                .hasSizeGreaterThan(40)
                .endsWith(".");
    }
}
