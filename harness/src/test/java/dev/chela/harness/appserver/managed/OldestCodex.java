package dev.chela.harness.appserver.managed;

import java.time.InstantSource;

/**
 * The oldest Codex that Chela talks to. Only tests know its packages: a release brings the pinned
 * one alone.
 */
public final class OldestCodex {

    /** Its version. */
    public static final String VERSION = "0.125.0";

    private OldestCodex() {}

    /** Fetches it as the pinned one is fetched, into the same cache. */
    public static CodexInstallation install() {
        return ManagedCodex.of(lock(), System.getenv(), InstantSource.system())
                .install(InstallProgress.silent());
    }

    static CodexLock lock() {
        return CodexLock.resource("oldest.lock.json");
    }
}
