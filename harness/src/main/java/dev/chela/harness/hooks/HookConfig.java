package dev.chela.harness.hooks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** The hooks of a thread in the form of Codex's config: one object, with what is trusted in it. */
final class HookConfig {

    static final String ANY_TOOL = ".*";

    /** After it Codex gives a hook up and runs the tool; the command is done before. */
    static final int TIMEOUT_SECONDS = 5;

    private HookConfig() {}

    /**
     * @param commands what Codex runs, by event
     */
    static Map<String, Object> of(SortedMap<HookKind, String> commands) {
        Map<String, Object> hooks = new LinkedHashMap<>();
        Map<String, Object> trusted = new LinkedHashMap<>();
        commands.forEach(
                (kind, command) -> {
                    hooks.put(kind.codex(), List.of(group(kind, command)));
                    trusted.put(
                            TrustHash.key(kind),
                            Map.of(
                                    "enabled",
                                    true,
                                    "trusted_hash",
                                    TrustHash.of(kind, command, TIMEOUT_SECONDS)));
                });
        hooks.put("state", trusted);
        return hooks;
    }

    private static Map<String, Object> group(HookKind kind, String command) {
        Map<String, Object> group = new LinkedHashMap<>();
        if (kind.isOfTools()) {
            group.put("matcher", ANY_TOOL);
        }
        group.put(
                "hooks",
                List.of(
                        Map.of(
                                "type", "command",
                                "command", command,
                                "timeout", TIMEOUT_SECONDS)));
        return group;
    }
}
