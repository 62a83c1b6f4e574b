package dev.chela.harness.hooks;

import dev.chela.config.ToolNames;
import dev.chela.harness.tools.ToolRegistry;
import java.util.Set;
import java.util.function.Function;

/** {@code tools.deny}, for the tools that Codex runs by itself. */
public final class DeniedTools implements NativeHook {

    private static final String REASON =
            "the operator's tools.deny forbids this tool (%s). Do not try another way to the same"
                    + " end; say that it is not allowed here";

    private final Function<String, ToolNames> denied;

    /**
     * @param denied what an agent may not use
     */
    public DeniedTools(Function<String, ToolNames> denied) {
        this.denied = denied;
    }

    @Override
    public Set<HookKind> wants(String agentId) {
        return denied.apply(agentId).isEmpty() ? Set.of() : Set.of(HookKind.PRE_TOOL_USE);
    }

    @Override
    public boolean enforces() {
        return true;
    }

    @Override
    public NativeVerdict on(String agentId, NativeEvent event) {
        return event instanceof NativeEvent.PreToolUse use
                        && isDenied(denied.apply(agentId), use.tool())
                ? new NativeVerdict.Block(REASON.formatted(use.tool()))
                : NativeVerdict.none();
    }

    /** Codex writes the namespace of the bot's own tools before their names. */
    private static boolean isDenied(ToolNames names, String tool) {
        return names.have(tool)
                || (tool.startsWith(ToolRegistry.NAMESPACE)
                        && names.have(tool.substring(ToolRegistry.NAMESPACE.length())));
    }
}
