package dev.chela.harness.hooks;

import dev.chela.config.CodexPluginConfig.HookEvent;
import dev.chela.harness.SessionKey;
import dev.chela.harness.binding.Facts;
import dev.chela.harness.binding.ThreadSetup;
import dev.chela.harness.testing.ManualTimers;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A bot's relay, and Codex as far as it runs the commands of hooks. */
final class RelayBed implements AutoCloseable {

    static final SessionKey SESSION = new SessionKey("agent:main:web:direct:ada");
    static final Duration BUDGETS = Duration.ofMinutes(10);

    private static final String TOOL_EVENT =
            """
            {"session_id":"T","turn_id":"U","cwd":"/w","hook_event_name":"PreToolUse",\
            "model":"gpt-5.5","tool_name":"%s","tool_input":{"command":"%s"},"tool_use_id":"c"}
            """;

    final ManualTimers timers = new ManualTimers();
    final Map<SessionKey, String> bound = new HashMap<>();
    final List<NativeEvent> seen = new ArrayList<>();
    private final Path folder;
    private final List<Listener> listeners;
    private NativeHooks hooks;

    RelayBed(Path folder, Listener... listeners) {
        this.folder = folder;
        this.listeners = List.of(listeners);
        this.hooks = process(Optional.empty());
    }

    /** Somebody who listens to one event. */
    record Listener(HookKind kind, boolean enforces, Function<NativeEvent, NativeVerdict> says) {}

    /** How a command ended. */
    record Ran(int code, String out, String err) {}

    private NativeHooks process(Optional<List<HookEvent>> events) {
        List<NativeHook> all = listeners.stream().map(this::hook).toList();
        return new NativeHooks(
                all, () -> events, folder, "/bin:/usr/bin", timers, () -> Map.copyOf(bound));
    }

    private NativeHook hook(Listener listener) {
        return new NativeHook() {
            @Override
            public Set<HookKind> wants(String agentId) {
                return Set.of(listener.kind());
            }

            @Override
            public boolean enforces() {
                return listener.enforces();
            }

            @Override
            public NativeVerdict on(String agentId, NativeEvent event) {
                seen.add(event);
                return listener.says().apply(event);
            }
        };
    }

    NativeHooks hooks() {
        return hooks;
    }

    /** The bot ends; the next one knows what bindings remember. */
    void restart() {
        close();
        hooks = process(Optional.empty());
    }

    /** The hooks of a thread that is opened now. */
    Map<?, ?> installed(Map<String, String> facts) {
        ThreadSetup setup = hooks.on(SESSION, ThreadSetup.none(), true, BUDGETS, facts);
        Optional.ofNullable(setup.facts().get(Facts.HOOK_GENERATION))
                .ifPresent(generation -> bound.put(SESSION, generation));
        return (Map<?, ?>) setup.config().getOrDefault("hooks", Map.of());
    }

    /** What Codex would run. */
    static String command(Map<?, ?> hooks, HookKind kind) {
        Map<?, ?> group = (Map<?, ?>) ((List<?>) hooks.get(kind.codex())).getFirst();
        return (String) ((Map<?, ?>) ((List<?>) group.get("hooks")).getFirst()).get("command");
    }

    static String toolEvent(String tool, String input) {
        return TOOL_EVENT.formatted(tool, input).strip();
    }

    /** Runs it as Codex does. */
    static Ran run(String command, String input) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("/bin/sh", "-c", command).start();
        try (OutputStream in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        }
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("the command does not end");
        }
        return new Ran(
                process.exitValue(),
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8),
                new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        hooks.close();
    }
}
