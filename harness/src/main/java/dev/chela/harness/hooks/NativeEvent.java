package dev.chela.harness.hooks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chela.harness.SessionKey;
import java.util.Optional;

/** What Codex says it is about to do, or did. All text is foreign. */
public sealed interface NativeEvent {

    Where where();

    HookKind kind();

    /**
     * Where it happens.
     *
     * @param session whose relay it came by; the thread may be a subagent's or a side question's
     * @param thread Codex's name of it
     */
    record Where(SessionKey session, String thread, String turn, String folder) {}

    /**
     * A tool is about to run.
     *
     * @param tool {@code Bash}, {@code apply_patch}, {@code mcp__server__tool}, or another name
     * @param input empty where it is too long to be told
     */
    record PreToolUse(Where where, String tool, Optional<JsonNode> input, String call)
            implements NativeEvent {
        @Override
        public HookKind kind() {
            return HookKind.PRE_TOOL_USE;
        }
    }

    /** A tool ran; what it gave is not told. */
    record PostToolUse(Where where, String tool, String call) implements NativeEvent {
        @Override
        public HookKind kind() {
            return HookKind.POST_TOOL_USE;
        }
    }

    /** Codex is about to ask somebody whether a tool may run. */
    record PermissionRequest(Where where, String tool, Optional<JsonNode> input)
            implements NativeEvent {
        @Override
        public HookKind kind() {
            return HookKind.PERMISSION_REQUEST;
        }
    }

    /**
     * The answer is there.
     *
     * @param again whether it was revised before
     */
    record BeforeAgentFinalize(Where where, String answer, boolean again) implements NativeEvent {
        @Override
        public HookKind kind() {
            return HookKind.BEFORE_AGENT_FINALIZE;
        }
    }
}
