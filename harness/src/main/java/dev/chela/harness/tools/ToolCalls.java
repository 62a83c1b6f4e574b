package dev.chela.harness.tools;

import dev.chela.config.state.Checkpoints;
import dev.chela.config.state.Database;
import dev.chela.harness.AgentTool;
import dev.chela.harness.ThreadId;
import dev.chela.harness.Timers;
import dev.chela.harness.ToolCall;
import dev.chela.harness.ToolResult;
import dev.chela.harness.TurnId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tool calls, each at most once. A call that Codex sends again gets the stored result, joins
 * the run still going on, or, if an earlier process began it, what its tool can find out.
 */
public final class ToolCalls {

    private static final Logger LOG = LoggerFactory.getLogger(ToolCalls.class);
    private static final int RESULT_CHARS_MAX = 16_000;
    private static final int PRUNE_ROUNDS_MAX = 200;

    private final ToolRegistry registry;
    private final ToolCallRows rows;
    private final Timers timers;
    private final Checkpoints checkpoints;
    private final ToolLimits limits;
    private final Map<String, CompletableFuture<ToolResult>> running = new ConcurrentHashMap<>();

    public ToolCalls(
            ToolRegistry registry,
            Database database,
            Timers timers,
            Checkpoints checkpoints,
            ToolLimits limits) {
        this.registry = registry;
        this.rows = new ToolCallRows(database);
        this.timers = timers;
        this.checkpoints = checkpoints;
        this.limits = limits;
    }

    public ToolRegistry registry() {
        return registry;
    }

    /** Runs {@code name} and waits for it; never throws for what the tool did. */
    public ToolResult call(String name, ToolCall call) {
        Optional<AgentTool> tool = registry.find(name);
        if (tool.isEmpty()) {
            return ToolResult.failed(
                    "error: Chela has no tool named " + name + "; nothing was done");
        }
        CompletableFuture<ToolResult> mine = new CompletableFuture<>();
        CompletableFuture<ToolResult> other = running.putIfAbsent(call.intent(), mine);
        if (other != null) {
            return join(other, name);
        }
        ToolResult result =
                ToolResult.failed("error: the tool " + name + " could not be run; try later");
        try {
            result = once(name, tool.get(), call);
        } finally {
            running.remove(call.intent(), mine);
            mine.complete(result);
        }
        return result;
    }

    /** Whether a call of that turn put something in front of the person who asked. */
    public boolean delivered(ThreadId thread, TurnId turn) {
        return rows.delivered(thread, turn);
    }

    /** Forgets by age: results after {@code bodies}, whole calls after {@code keys}. */
    public int prune(Duration bodies, Duration keys) {
        Instant now = timers.instant();
        int pruned = 0;
        for (int round = 0; round < PRUNE_ROUNDS_MAX; round++) {
            int touched = rows.prune(now.minus(bodies), now.minus(keys));
            pruned += touched;
            if (touched == 0) {
                break;
            }
        }
        return pruned;
    }

    private ToolResult once(String name, AgentTool tool, ToolCall call) {
        return switch (rows.begin(name, call, timers.instant())) {
            case ToolCallRows.Known.Ended(ToolResult result) -> result;
            case ToolCallRows.Known.Begun() ->
                    tool.isUntouched(call)
                            ? fresh(name, tool, call)
                            : close(call, found(name, tool, call));
            case ToolCallRows.Known.Fresh() -> fresh(name, tool, call);
        };
    }

    private ToolResult fresh(String name, AgentTool tool, ToolCall call) {
        checkpoints.before("tools.call");
        ToolResult result = run(name, tool, call);
        checkpoints.after("tools.call");
        // An interrupted wait knows nothing of the effect: the row stays open.
        return Thread.currentThread().isInterrupted() ? result : close(call, result);
    }

    private static ToolResult found(String name, AgentTool tool, ToolCall call) {
        Optional<ToolResult> outcome = tool.outcomeOf(call);
        return outcome.orElseGet(
                () ->
                        ToolResult.failed(
                                "error: Chela was restarted while "
                                        + name
                                        + " ran; its effect may have happened. Check before you"
                                        + " call it again."));
    }

    private ToolResult close(ToolCall call, ToolResult result) {
        ToolResult bounded = bounded(result);
        rows.close(call, bounded, timers.instant());
        return bounded;
    }

    private ToolResult run(String name, AgentTool tool, ToolCall call) {
        CompletableFuture<ToolResult> result = new CompletableFuture<>();
        Duration limit = limits.of(name, call);
        Thread worker =
                Thread.ofVirtual()
                        .name("chela-tool-" + name)
                        .start(() -> result.complete(guarded(name, tool, call)));
        Timers.Alarm alarm =
                timers.after(
                        limit,
                        () -> {
                            if (result.complete(timedOut(name, limit))) {
                                worker.interrupt();
                            }
                        });
        try {
            return join(result, name);
        } finally {
            alarm.cancel();
            if (!result.isDone()) {
                worker.interrupt();
            }
        }
    }

    /** The root of a tool's thread: whatever breaks in a tool is told to the model in words. */
    private static ToolResult guarded(String name, AgentTool tool, ToolCall call) {
        try {
            return tool.call(call);
        } catch (Exception e) {
            LOG.error("tool broke: name={} call={}", name, call.intent(), e);
            return ToolResult.failed(
                    "error: the tool " + name + " broke inside; its effect may have happened");
        }
    }

    private static ToolResult join(CompletableFuture<ToolResult> result, String name) {
        try {
            return result.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ToolResult.failed("error: the turn ended while " + name + " ran");
        } catch (ExecutionException e) {
            throw new IllegalStateException("a tool's result never completes exceptionally", e);
        }
    }

    private static ToolResult timedOut(String name, Duration limit) {
        return ToolResult.failed(
                "error: %s did not finish within %d s; its effect may have happened"
                        .formatted(name, Math.max(1, limit.toSeconds())));
    }

    private static ToolResult bounded(ToolResult result) {
        if (result.text().length() <= RESULT_CHARS_MAX) {
            return result;
        }
        String note = "\n[cut: the result was " + result.text().length() + " characters long]";
        String head = result.text().substring(0, RESULT_CHARS_MAX - note.length());
        return new ToolResult(result.success(), head + note, result.delivered());
    }
}
