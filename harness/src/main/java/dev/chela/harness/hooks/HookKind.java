package dev.chela.harness.hooks;

import java.util.Arrays;
import java.util.Optional;

/** A hook of Codex that Chela may install. */
public enum HookKind {
    PRE_TOOL_USE("PreToolUse", "pre_tool_use", "pre_tool_use", true),
    POST_TOOL_USE("PostToolUse", "post_tool_use", "post_tool_use", true),
    PERMISSION_REQUEST("PermissionRequest", "permission_request", "permission_request", true),
    BEFORE_AGENT_FINALIZE("Stop", "stop", "before_agent_finalize", false);

    private final String codex;
    private final String trusted;
    private final String id;
    private final boolean ofTools;

    HookKind(String codex, String trusted, String id, boolean ofTools) {
        this.codex = codex;
        this.trusted = trusted;
        this.id = id;
        this.ofTools = ofTools;
    }

    /** What Codex calls it in its config and in what it tells the command. */
    String codex() {
        return codex;
    }

    /** What Codex calls it where it says whom it trusts. */
    String trusted() {
        return trusted;
    }

    /** What Chela calls it. */
    public String id() {
        return id;
    }

    /** Whether it is about a tool, so that Codex matches it by the tool's name. */
    boolean isOfTools() {
        return ofTools;
    }

    static Optional<HookKind> of(String id) {
        return Arrays.stream(values()).filter(kind -> kind.id.equals(id)).findFirst();
    }
}
