package dev.chela.harness.hooks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** By which Codex knows that a hook is the one that was meant; others it skips without a word. */
final class TrustHash {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private TrustHash() {}

    /** Of the only hook of an event: compact JSON with sorted keys, digested. */
    static String of(HookKind kind, String command, int timeoutSeconds) {
        Map<String, Object> hook = new TreeMap<>();
        hook.put("async", false);
        hook.put("command", command);
        hook.put("timeout", timeoutSeconds);
        hook.put("type", "command");
        Map<String, Object> group = new TreeMap<>();
        group.put("event_name", kind.trusted());
        group.put("hooks", List.of(hook));
        if (kind.isOfTools()) {
            group.put("matcher", HookConfig.ANY_TOOL);
        }
        return "sha256:" + Sha256.of(json(group));
    }

    /** Where Codex looks for it. */
    static String key(HookKind kind) {
        return "/<session-flags>/config.toml:%s:0:0".formatted(kind.trusted());
    }

    private static String json(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("plain maps are always JSON", e);
        }
    }
}
