package dev.chela.harness.appserver.managed;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * The Codex that Chela brings: found in the cache, or downloaded, verified and unpacked there once.
 * Safe to call from many processes at once; needs no network when the package is there.
 */
public final class ManagedCodex {

    private static final int TRIES_MAX = 4;
    private static final long UNPACKED_BYTES_MAX = 1L << 30;
    private static final Duration RETRY_PAUSE = Duration.ofMillis(250);
    private static final Duration LOCK_DEADLINE = Duration.ofMinutes(30);

    private final CodexLock lock;
    private final CacheDirectory cache;
    private final NpmSettings settings;
    private final Platform platform;
    private final InstantSource clock;
    private final Duration idleMax;

    ManagedCodex(
            CodexLock lock,
            CacheDirectory cache,
            NpmSettings settings,
            Platform platform,
            InstantSource clock,
            Duration idleMax) {
        this.lock = lock;
        this.cache = cache;
        this.settings = settings;
        this.platform = platform;
        this.clock = clock;
        this.idleMax = idleMax;
    }

    /**
     * The one of this user.
     *
     * @param environment names cache, registry and proxy
     */
    public static ManagedCodex of(Map<String, String> environment, InstantSource clock) {
        return of(CodexLock.bundled(), environment, clock);
    }

    static ManagedCodex of(CodexLock lock, Map<String, String> environment, InstantSource clock) {
        Path home = Path.of(System.getProperty("user.home"));
        return new ManagedCodex(
                lock,
                CacheDirectory.of(environment, home),
                NpmSettings.read(environment, Path.of("").toAbsolutePath(), home),
                Platform.current(),
                clock,
                Duration.ofSeconds(60));
    }

    /** The version that this release of Chela is made for. */
    public String version() {
        return lock.pinned();
    }

    /** The pinned version if it is there already; touches no network. */
    public Optional<CodexInstallation> installed() {
        CodexLock.Entry entry = lock.entry(lock.pinned(), platform);
        return CodexInstallation.find(entry.codexVersion(), cache.installed(entry));
    }

    /**
     * The pinned version, installed now if need be.
     *
     * @throws CodexUnavailableException if it cannot be had
     */
    public CodexInstallation install(InstallProgress progress) {
        String version = lock.pinned();
        CodexLock.Entry entry = lock.entry(version, platform);
        Path target = cache.installed(entry);
        Optional<CodexInstallation> present = CodexInstallation.find(version, target);
        if (present.isPresent()) {
            touch(target);
            prune(target);
            return present.get();
        }
        try {
            Files.createDirectories(cache.packages());
            Runnable onWait = () -> progress.at(InstallProgress.Stage.WAITING, 0, -1);
            try (var held = InstallLock.take(cache.lock(entry), LOCK_DEADLINE, onWait)) {
                Optional<CodexInstallation> meanwhile = CodexInstallation.find(version, target);
                if (meanwhile.isPresent()) {
                    return meanwhile.get();
                }
                download(entry, progress);
                CodexInstallation installation = unpack(entry, progress);
                prune(target);
                return installation;
            }
        } catch (IOException e) {
            throw new CodexUnavailableException(
                    ("Codex %s cannot be installed in %s: %s. Check that the directory is writable"
                                    + " and has 700 MB free, or set CHELA_CACHE_DIR to another")
                            .formatted(version, cache.packages(), FetchTrouble.of(e)),
                    e);
        }
    }

    /** Leaves a verified package in the partial file. */
    private void download(CodexLock.Entry entry, InstallProgress progress) throws IOException {
        URI registry = settings.registry();
        Path partial = cache.partial(entry);
        IOException last = new IOException("not tried");
        try (HttpClient http = client()) {
            var download = new PackageDownload(http, settings, idleMax);
            for (int tries = 0; tries < TRIES_MAX; tries++) {
                boolean whole = !Files.exists(partial);
                try {
                    download.fetch(registry, entry, partial, progress);
                } catch (IOException e) {
                    last = e;
                    if (e instanceof PackageDownload.RefusedException refused
                            && !refused.isPassing()) {
                        break;
                    }
                    LockSupport.parkNanos(RETRY_PAUSE.multipliedBy(tries + 1L).toNanos());
                    continue;
                }
                progress.at(InstallProgress.Stage.VERIFYING, 0, -1);
                if (Integrity.matches(partial, entry.integrity())) {
                    return;
                }
                Files.delete(partial);
                last = new IOException("what came is not what this release of Chela expects");
                if (whole) {
                    // It would send the same again, and that is 170 MB.
                    break;
                }
            }
        }
        throw unavailable(entry, registry, partial, last);
    }

    private CodexInstallation unpack(CodexLock.Entry entry, InstallProgress progress)
            throws IOException {
        Path partial = cache.partial(entry);
        Path staging = cache.staging(entry);
        Path target = cache.installed(entry);
        progress.at(InstallProgress.Stage.UNPACKING, 0, -1);
        // Only the holder of the lock is here: what lies there is what a killed one left.
        CacheDirectory.delete(staging);
        new PackageArchive(UNPACKED_BYTES_MAX).unpack(partial, staging);
        if (CodexInstallation.find(entry.codexVersion(), staging).isEmpty()) {
            throw new IOException("the package holds no program that can run");
        }
        // It holds no program either, or we would not be here.
        CacheDirectory.delete(target);
        try {
            Files.move(staging, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            throw new IOException("the file system cannot move a directory at once", e);
        }
        Files.deleteIfExists(partial);
        return CodexInstallation.find(entry.codexVersion(), target)
                .orElseThrow(() -> new IOException("the program vanished after unpacking"));
    }

    private HttpClient client() {
        return HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(Duration.ofSeconds(20))
                .proxy(new EnvironmentProxy(settings))
                .build();
    }

    private static CodexUnavailableException unavailable(
            CodexLock.Entry entry, URI registry, Path partial, IOException cause) {
        return new CodexUnavailableException(
                ("%s %s cannot be fetched from %s: %s. To go on: try again%s;"
                                + " name another registry in CHELA_NPM_REGISTRY or npm's"
                                + " configuration; behind a proxy set HTTPS_PROXY; or install Codex"
                                + " yourself and name it in appServer.command or"
                                + " CHELA_CODEX_APP_SERVER_BIN")
                        .formatted(
                                entry.name(),
                                entry.version(),
                                PackageDownload.shown(registry),
                                FetchTrouble.of(cause),
                                Files.exists(partial) ? " (what came is kept)" : ""),
                cause);
    }

    /** Also at a start that installs nothing: what an upgrade left is too young at that time. */
    private void prune(Path target) {
        new OldVersions(cache.packages(), clock).prune(Set.of(target));
    }

    private void touch(Path directory) {
        try {
            Files.setLastModifiedTime(directory, FileTime.from(clock.instant()));
        } catch (IOException e) {
            // A cache that is read-only is still good to run from.
        }
    }
}
