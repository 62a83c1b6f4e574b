package dev.chela.harness.hooks;

import dev.chela.config.Live;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code nativeHookRelay.events}: a line of log for each, with names and never with what a tool is
 * given or gives.
 */
final class HookLines implements NativeHook {

    private static final Logger LOG = LoggerFactory.getLogger("codex_app_server.hook");

    private final Live<Optional<Set<HookKind>>> events;

    HookLines(Live<Optional<Set<HookKind>>> events) {
        this.events = events;
    }

    @Override
    public Set<HookKind> wants(String agentId) {
        return events.get().orElse(Set.of());
    }

    @Override
    public boolean enforces() {
        return false;
    }

    @Override
    public NativeVerdict on(String agentId, NativeEvent event) {
        LOG.info(
                "event={} session={} thread={} turn={} tool={}",
                event.kind().id(),
                event.where().session(),
                event.where().thread(),
                event.where().turn(),
                tool(event));
        return NativeVerdict.none();
    }

    private static String tool(NativeEvent event) {
        return switch (event) {
            case NativeEvent.PreToolUse use -> use.tool();
            case NativeEvent.PostToolUse use -> use.tool();
            case NativeEvent.PermissionRequest request -> request.tool();
            case NativeEvent.BeforeAgentFinalize _ -> "";
        };
    }
}
