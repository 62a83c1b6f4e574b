package dev.chela.config;

import dev.chela.config.meta.Default;

/** Whether and where an agent's own tools are shut in. */
public record SandboxConfig(
        @Default("'off'") Mode mode,
        @Default("'agent'") Scope scope,
        @Default("'none'") WorkspaceAccess workspaceAccess) {

    /** Which sessions run in a sandbox. */
    public enum Mode {
        OFF,
        NON_MAIN,
        ALL
    }

    /** What shares a sandbox. */
    public enum Scope {
        SESSION,
        AGENT,
        SHARED
    }

    /** What the sandbox sees of the workspace. */
    public enum WorkspaceAccess {
        NONE,
        RO,
        RW
    }
}
