package dev.chela.harness.appserver.managed;

import java.nio.file.Path;
import java.time.InstantSource;

/** The cache of whoever runs the tests, for processes that have a home of their own. */
public final class SharedCache {

    private SharedCache() {}

    /** What such a process finds in {@code CHELA_CACHE_DIR}. */
    public static Path root() {
        return CacheDirectory.of(System.getenv(), Path.of(System.getProperty("user.home"))).root();
    }

    /** Fetches the pinned Codex if it is not there. */
    public static void fill() {
        ManagedCodex.of(System.getenv(), InstantSource.system()).install(InstallProgress.silent());
    }
}
