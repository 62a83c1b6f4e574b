package dev.chela.harness.hooks;

import java.util.Set;

/** Somebody in this process who wants to know what Codex does by itself. Safe for any thread. */
public interface NativeHook {

    /** What it wants to be told of an agent; asked whenever a thread is opened. */
    Set<HookKind> wants(String agentId);

    /** Whether a tool must not run when it cannot be asked. Who only observes is left out then. */
    boolean enforces();

    /** Says what it thinks. Codex waits, so it must not take long. */
    NativeVerdict on(String agentId, NativeEvent event);
}
