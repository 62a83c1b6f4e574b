package dev.chela.harness.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.config.state.Checkpoints;
import dev.chela.config.testing.TestDatabase;
import dev.chela.harness.HarnessSchema;
import dev.chela.harness.ThreadId;
import dev.chela.harness.ToolCall;
import dev.chela.harness.ToolResult;
import dev.chela.harness.TurnId;
import dev.chela.harness.testing.ManualTimers;
import dev.chela.harness.testing.SampleTurns;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ToolCallsTest {

    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

    private final TestDatabase database = TestDatabase.open(List.of(HarnessSchema.part()));
    private final ManualTimers timers = new ManualTimers();
    private final FakeTool tool = new FakeTool("weather");
    private ToolCalls calls = newCalls();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aRepeatedCallGetsTheStoredResult() {
        tool.behaviour = call -> new ToolResult(true, "sunny", true);
        assertThat(calls.call("weather", call("c1")).text()).isEqualTo("sunny");
        calls = newCalls();
        assertThat(calls.call("weather", call("c1")))
                .isEqualTo(new ToolResult(true, "sunny", true));
        assertThat(tool.runs).hasValue(1);
        assertThat(calls.delivered(new ThreadId("t"), new TurnId("u"))).isTrue();
        assertThat(calls.delivered(new ThreadId("t"), new TurnId("v"))).isFalse();
    }

    @Test
    void resultsAreForgottenBeforeCalls() {
        tool.behaviour = call -> ToolResult.ok("sunny");
        calls.call("weather", call("c1"));
        Duration bodies = Duration.ofDays(30);
        Duration keys = Duration.ofDays(90);
        assertThat(calls.prune(bodies, keys)).isZero();

        timers.advance(Duration.ofDays(31));
        assertThat(calls.prune(bodies, keys)).isEqualTo(1);
        assertThat(calls.call("weather", call("c1")).text()).isEmpty();
        assertThat(tool.runs).hasValue(1);

        timers.advance(Duration.ofDays(60));
        assertThat(calls.prune(bodies, keys)).isEqualTo(1);
        calls.call("weather", call("c1"));
        assertThat(tool.runs).hasValue(2);
    }

    @Test
    void aRepeatDuringTheRunJoinsIt() throws Exception {
        CountDownLatch began = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        tool.behaviour =
                call -> {
                    began.countDown();
                    await(goOn);
                    return ToolResult.ok("once");
                };
        CompletableFuture<ToolResult> first = start("c1");
        await(began);
        CompletableFuture<ToolResult> second = start("c1");
        goOn.countDown();
        assertThat(first.get(10, TimeUnit.SECONDS)).isEqualTo(ToolResult.ok("once"));
        assertThat(second.get(10, TimeUnit.SECONDS)).isEqualTo(ToolResult.ok("once"));
        assertThat(tool.runs).hasValue(1);
    }

    @Test
    void twoCallsRunAtTheSameTime() throws Exception {
        CountDownLatch both = new CountDownLatch(2);
        tool.behaviour =
                call -> {
                    both.countDown();
                    await(both);
                    return ToolResult.ok(call.callId());
                };
        CompletableFuture<ToolResult> first = start("c1");
        CompletableFuture<ToolResult> second = start("c2");
        assertThat(first.get(10, TimeUnit.SECONDS).text()).isEqualTo("c1");
        assertThat(second.get(10, TimeUnit.SECONDS).text()).isEqualTo("c2");
    }

    @Test
    void aCallBegunByAnEarlierProcessIsNotRunAgain() {
        leaveBegun("c1");
        ToolResult result = calls.call("weather", call("c1"));
        assertThat(result.success()).isFalse();
        assertThat(result.text()).contains("may have happened");
        assertThat(tool.runs).hasValue(0);
    }

    @Test
    void aToolThatCanTellWhatBecameOfACallIsAsked() {
        leaveBegun("c1");
        tool.outcome = Optional.of(new ToolResult(true, "sent", true));
        assertThat(calls.call("weather", call("c1")).text()).isEqualTo("sent");
        tool.outcome = Optional.empty();
        assertThat(calls.call("weather", call("c1")).text()).isEqualTo("sent");
    }

    @Test
    void aCallThatProvablyDidNothingYetIsRun() {
        leaveBegun("c1");
        int before = tool.runs.get();
        tool.untouched = true;
        assertThat(calls.call("weather", call("c1")).text()).isEqualTo("done");
        assertThat(calls.call("weather", call("c1")).text()).isEqualTo("done");
        assertThat(tool.runs).hasValue(before + 1);
    }

    @Test
    void aSlowToolIsInterruptedAndTheModelToldSo() throws Exception {
        CountDownLatch began = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        tool.behaviour =
                call -> {
                    began.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        interrupted.countDown();
                    }
                    return ToolResult.ok("late");
                };
        CompletableFuture<ToolResult> result = start("c1");
        await(began);
        timers.awaitArmed(1);
        timers.advance(Duration.ofSeconds(89));
        assertThat(result).isNotDone();
        timers.advance(Duration.ofSeconds(1));
        assertThat(result.get(10, TimeUnit.SECONDS).text()).contains("did not finish within 90 s");
        await(interrupted);
    }

    @Test
    void aCallsOwnTimeoutGoesFirstAndIsCapped() {
        ToolLimits limits = ToolLimits.defaults();
        assertThat(limits.of("message", call("c1"))).isEqualTo(Duration.ofSeconds(120));
        assertThat(limits.of("weather", call("c1", Map.of("timeoutMs", 5))))
                .isEqualTo(Duration.ofMillis(5));
        assertThat(limits.of("weather", call("c1", Map.of("timeoutMs", 10_000_000))))
                .isEqualTo(Duration.ofMinutes(10));
        assertThat(limits.of("weather", call("c1", Map.of("timeoutMs", -1))))
                .isEqualTo(Duration.ofSeconds(90));
    }

    @Test
    void theConfigSetsTheTimesOfToolsForImages() {
        ToolLimits limits = ToolLimits.of(Optional.of(Duration.ofMillis(700)), TEN_SECONDS);
        assertThat(limits.of("image_generate", call("c1"))).isEqualTo(Duration.ofMillis(700));
        assertThat(limits.of("image", call("c1"))).isEqualTo(TEN_SECONDS);
        assertThat(limits.of("image", call("c1", Map.of("timeoutMs", 5))))
                .isEqualTo(Duration.ofMillis(5));
        assertThat(ToolLimits.defaults().of("image_generate", call("c1")))
                .isEqualTo(Duration.ofSeconds(120));
        assertThat(ToolLimits.defaults().of("image", call("c1"))).isEqualTo(Duration.ofSeconds(60));
        assertThat(
                        ToolLimits.of(Optional.of(Duration.ofHours(1)), TEN_SECONDS)
                                .of("image_generate", call("c1")))
                .isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void aToolThatMakesImagesIsGivenUpAtItsOwnTime() throws Exception {
        FakeTool images = new FakeTool("image_generate");
        CountDownLatch began = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        images.behaviour =
                call -> {
                    began.countDown();
                    await(goOn);
                    return ToolResult.ok("late");
                };
        ToolCalls some =
                new ToolCalls(
                        new ToolRegistry(List.of(images)),
                        database,
                        timers,
                        Checkpoints.none(),
                        ToolLimits.of(Optional.of(TEN_SECONDS), TEN_SECONDS));
        CompletableFuture<ToolResult> result =
                CompletableFuture.supplyAsync(
                        () -> some.call("image_generate", call("c1")),
                        task -> Thread.ofVirtual().start(task));
        await(began);
        timers.awaitArmed(1);
        timers.advance(TEN_SECONDS);
        assertThat(result.get(10, TimeUnit.SECONDS).text()).contains("did not finish within 10 s");
        goOn.countDown();
    }

    @Test
    void aBrokenToolIsAFailedResult() {
        tool.behaviour =
                call -> {
                    throw new IllegalStateException("broken");
                };
        ToolResult result = calls.call("weather", call("c1"));
        assertThat(result.success()).isFalse();
        assertThat(result.text()).startsWith("error:").doesNotContain("IllegalState");
    }

    @Test
    void anUnknownToolIsAFailedResult() {
        assertThat(calls.call("nothing", call("c1")).success()).isFalse();
    }

    @Test
    void aLongResultIsCutAndSaysSo() {
        tool.behaviour = call -> ToolResult.ok("x".repeat(20_000));
        String text = calls.call("weather", call("c1")).text();
        assertThat(text).hasSize(16_000).contains("20000 characters");
    }

    private void leaveBegun(String callId) {
        new ToolCallRows(database).begin("weather", call(callId), timers.instant());
    }

    private CompletableFuture<ToolResult> start(String callId) {
        return CompletableFuture.supplyAsync(
                () -> calls.call("weather", call(callId)), task -> Thread.ofVirtual().start(task));
    }

    private ToolCalls newCalls() {
        return new ToolCalls(
                new ToolRegistry(List.of(tool)),
                database,
                timers,
                Checkpoints.none(),
                ToolLimits.defaults());
    }

    private static ToolCall call(String callId) {
        return call(callId, Map.of());
    }

    private static ToolCall call(String callId, Map<String, Object> arguments) {
        return new ToolCall(
                SampleTurns.turn("k"), new ThreadId("t"), new TurnId("u"), callId, arguments);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
