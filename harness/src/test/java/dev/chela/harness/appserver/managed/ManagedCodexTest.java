package dev.chela.harness.appserver.managed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Installs a small package from a registry that behaves, and from some that do not. */
class ManagedCodexTest {

    private static final String VERSION = "9.9.9-linux-x64";
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

    @TempDir private Path directory;

    private final byte[] content = fixture();
    private final Map<String, String> environment = new HashMap<>();

    @Test
    void aPackageIsFetchedVerifiedAndUnpackedWithItsExecBits() throws IOException {
        try (var registry = new FakeRegistry(FakeRegistry.serving(content))) {
            var stages = EnumSet.noneOf(InstallProgress.Stage.class);

            CodexInstallation codex =
                    managed(registry).install((stage, done, total) -> stages.add(stage));

            assertThat(codex.executable())
                    .isEqualTo(packages().resolve(VERSION).resolve("vendor/t/bin/codex"))
                    .isExecutable();
            assertThat(codex.toolsPath()).isPresent();
            assertThat(codex.directory().resolve("package.json")).exists();
            assertThat(Files.isExecutable(codex.directory().resolve("package.json"))).isFalse();
            assertThat(stages)
                    .contains(
                            InstallProgress.Stage.DOWNLOADING,
                            InstallProgress.Stage.VERIFYING,
                            InstallProgress.Stage.UNPACKING);
            assertThat(registry.seen().getFirst())
                    .startsWith("/npm/@openai/codex/-/codex-9.9.9-linux-x64.tgz");
            assertThat(left()).containsExactlyInAnyOrder(VERSION, "." + VERSION + ".lock");
        }
    }

    @Test
    void whatIsInstalledNeedsNoNetwork() throws IOException {
        ManagedCodex codex;
        try (var registry = new FakeRegistry(FakeRegistry.serving(content))) {
            codex = managed(registry);
            codex.install(InstallProgress.silent());
        }
        assertThat(codex.install(InstallProgress.silent())).isEqualTo(codex.installed().get());
    }

    @Test
    void aPackageWithAnotherDigestIsNeverUnpacked() throws IOException {
        byte[] forged = new PackageFixture().file("package/evil", 0755, "x").bytes();
        try (var registry = new FakeRegistry(FakeRegistry.serving(forged))) {
            assertThatExceptionOfType(CodexUnavailableException.class)
                    .isThrownBy(() -> managed(registry).install(InstallProgress.silent()))
                    .withMessageContaining("not what this release of Chela expects")
                    .withMessageContaining("CHELA_CODEX_APP_SERVER_BIN");
            assertThat(left()).containsExactly("." + VERSION + ".lock");
            assertThat(registry.requests()).as("the same again would not differ").isEqualTo(1);
        }
    }

    @Test
    void aDownloadThatWasCutGoesOnWhereItStopped() throws IOException {
        int half = content.length / 2;
        try (var registry =
                new FakeRegistry(
                        (exchange, request) ->
                                FakeRegistry.serve(
                                        exchange, content, request == 1 ? half : content.length))) {
            managed(registry).install(InstallProgress.silent());

            assertThat(registry.requests()).isEqualTo(2);
            assertThat(registry.seen().get(1)).contains("range=bytes=");
            assertThat(registry.seen().get(1)).doesNotContain("range=bytes=0-");
        }
    }

    @Test
    void aRottenPartialFileIsThrownAwayAndFetchedAnew() throws IOException {
        Files.createDirectories(packages());
        Files.write(packages().resolve("." + VERSION + ".tgz.part"), new byte[1_000]);
        try (var registry = new FakeRegistry(FakeRegistry.serving(content))) {
            managed(registry).install(InstallProgress.silent());

            assertThat(registry.seen().getFirst()).contains("range=bytes=1000-");
            assertThat(registry.seen().get(1)).contains("range=null");
        }
    }

    @Test
    void aDownloadThatStallsIsCutAndTriedAgain() throws IOException {
        try (var registry =
                new FakeRegistry(
                        (exchange, request) -> {
                            if (request == 1) {
                                exchange.sendResponseHeaders(200, content.length);
                                exchange.getResponseBody().write(content, 0, 1_000);
                                exchange.getResponseBody().flush();
                                hang();
                            } else {
                                FakeRegistry.serve(exchange, content, content.length);
                            }
                        })) {
            assertThat(managed(registry).install(InstallProgress.silent()).executable()).exists();
        }
    }

    @Test
    void aDownloadThatStallsEveryTimeIsSaidToHaveStalled() throws IOException {
        try (var registry =
                new FakeRegistry(
                        (exchange, request) -> {
                            exchange.sendResponseHeaders(200, content.length);
                            exchange.getResponseBody().write(content, 0, 1_000);
                            exchange.getResponseBody().flush();
                            hang();
                        })) {
            assertThatExceptionOfType(CodexUnavailableException.class)
                    .isThrownBy(() -> managed(registry).install(InstallProgress.silent()))
                    .withMessageContaining("nothing came for 1 s")
                    .withMessageContaining("what came is kept");
        }
    }

    @Test
    void aMachineWithoutNetworkIsToldSo() {
        environment.put("CHELA_NPM_REGISTRY", "http://nowhere.invalid/");
        assertThatExceptionOfType(CodexUnavailableException.class)
                .isThrownBy(() -> managed(null).install(InstallProgress.silent()))
                .withMessageContaining("finds no address for that name; is there a network?")
                .withMessageNotContaining("what came is kept");
    }

    @Test
    void aCacheThatCannotBeMadeIsNamedWithItsReason() throws IOException {
        Files.writeString(directory.resolve("cache"), "a file");
        assertThatExceptionOfType(CodexUnavailableException.class)
                .isThrownBy(() -> managed(null).install(InstallProgress.silent()))
                .withMessageContaining("CHELA_CACHE_DIR")
                .withMessageContaining(directory.resolve("cache").toString());
    }

    @Test
    void theCacheMayBeNamedFromTheWorkingDirectoryOrTheHome() {
        Path home = Path.of("/home/some$one");
        assertThat(CacheDirectory.of(Map.of("CHELA_CACHE_DIR", "here/it is"), home).root())
                .isEqualTo(Path.of("here/it is").toAbsolutePath());
        assertThat(CacheDirectory.of(Map.of("CHELA_CACHE_DIR", "~/c"), home).root())
                .isEqualTo(home.resolve("c"));
        assertThat(CacheDirectory.of(Map.of("XDG_CACHE_HOME", "relative"), home).root())
                .isEqualTo(home.resolve(".cache/chela"));
    }

    @Test
    void aMissingPackageSaysHowToGoOn() throws IOException {
        try (var registry =
                new FakeRegistry((exchange, request) -> exchange.sendResponseHeaders(404, -1))) {
            assertThatExceptionOfType(CodexUnavailableException.class)
                    .isThrownBy(() -> managed(registry).install(InstallProgress.silent()))
                    .withMessageContaining("HTTP 404")
                    .withMessageContaining("CHELA_NPM_REGISTRY")
                    .withMessageContaining("HTTPS_PROXY")
                    .withMessageContaining("appServer.command");
        }
    }

    @Test
    void aRegistryThatKeepsFilesElsewhereIsAsked() throws IOException {
        try (var registry =
                new FakeRegistry(
                        (exchange, request) -> {
                            String path = exchange.getRequestURI().getPath();
                            if (path.endsWith(VERSION)) {
                                String host = exchange.getRequestHeaders().getFirst("Host");
                                byte[] json =
                                        "{\"dist\":{\"tarball\":\"http://%s/blob/1\"}}"
                                                .formatted(host)
                                                .getBytes();
                                exchange.sendResponseHeaders(200, json.length);
                                exchange.getResponseBody().write(json);
                            } else if (path.equals("/blob/1")) {
                                FakeRegistry.serve(exchange, content, content.length);
                            } else {
                                exchange.sendResponseHeaders(404, -1);
                            }
                        })) {
            assertThat(managed(registry).install(InstallProgress.silent()).executable()).exists();
        }
    }

    @Test
    void credentialsGoToTheirRegistryAndNotWhereItRedirects() throws IOException {
        try (var blobs = new FakeRegistry(FakeRegistry.serving(content));
                var registry =
                        new FakeRegistry(
                                (exchange, request) -> {
                                    exchange.getResponseHeaders()
                                            .set("Location", blobs.url() + "blob");
                                    exchange.sendResponseHeaders(302, -1);
                                })) {
            String host = registry.url().substring("http:".length());
            Files.writeString(
                    directory.resolve(".npmrc"),
                    "%s:_authToken=${TOKEN}\nregistry=%s\n".formatted(host, registry.url()));
            environment.put("TOKEN", "s3cret");

            managed(null).install(InstallProgress.silent());

            assertThat(registry.seen().getFirst()).contains("authorization=Bearer s3cret");
            assertThat(blobs.seen().getFirst()).contains("authorization=null");
        }
    }

    @Test
    void twoInstallersAtOnceFetchOnce() throws Exception {
        try (var registry = new FakeRegistry(FakeRegistry.serving(content));
                var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            var results = new ArrayList<Future<CodexInstallation>>();
            for (int i = 0; i < 4; i++) {
                results.add(pool.submit(() -> managed(registry).install(InstallProgress.silent())));
            }
            for (var result : results) {
                assertThat(result.get().executable()).isExecutable();
            }
            assertThat(registry.requests()).isEqualTo(1);
        }
    }

    @Test
    void aTargetWithoutAProgramIsReplacedAndLeftoversOfAKilledInstallerVanish() throws IOException {
        Files.createDirectories(packages().resolve(VERSION).resolve("vendor/t/bin"));
        Path staging = packages().resolve("." + VERSION + ".staging");
        Files.createDirectories(staging.resolve("vendor/half"));
        try (var registry = new FakeRegistry(FakeRegistry.serving(content))) {
            assertThat(managed(registry).install(InstallProgress.silent()).executable()).exists();
            assertThat(staging).doesNotExist();
        }
    }

    @Test
    void oldVersionsThatNobodyUsesGoAndRecentOnesStay() throws IOException {
        Path old = Files.createDirectories(packages().resolve("0.1.0-linux-x64"));
        Path recent = Files.createDirectories(packages().resolve("0.2.0-linux-x64"));
        Files.setLastModifiedTime(old, FileTime.from(NOW.minus(Duration.ofDays(15))));
        Files.setLastModifiedTime(recent, FileTime.from(NOW.minus(Duration.ofDays(2))));
        try (var registry = new FakeRegistry(FakeRegistry.serving(content))) {
            managed(registry).install(InstallProgress.silent());
        }
        assertThat(old).doesNotExist();
        assertThat(recent).exists();
    }

    @Test
    void aVersionThatWasRecentAtTheUpgradeGoesAtALaterStart() throws IOException {
        Path old = Files.createDirectories(packages().resolve("0.1.0-linux-x64"));
        Files.setLastModifiedTime(old, FileTime.from(NOW.minus(Duration.ofDays(2))));
        try (var registry = new FakeRegistry(FakeRegistry.serving(content))) {
            managed(registry).install(InstallProgress.silent());
            assertThat(old).exists();
            Files.setLastModifiedTime(old, FileTime.from(NOW.minus(Duration.ofDays(15))));
            managed(registry).install(InstallProgress.silent());
        }
        assertThat(old).doesNotExist();
    }

    @Test
    void aPlatformWithoutPackageIsToldWhatToDo() {
        var codex =
                new ManagedCodex(
                        lock(),
                        new CacheDirectory(directory),
                        settings(),
                        Platform.of("SunOS", "sparc"),
                        InstantSource.fixed(NOW),
                        Duration.ofSeconds(5));
        assertThatExceptionOfType(CodexUnavailableException.class)
                .isThrownBy(() -> codex.install(InstallProgress.silent()))
                .withMessageContaining("no Codex 9.9.9 for sunos-sparc")
                .withMessageContaining("appServer.command");
    }

    @Test
    void theLockFilesCoverSixPlatforms() {
        assertThat(CodexLock.bundled().pinned()).isEqualTo("0.169.0");
        assertThat(OldestCodex.lock().pinned()).isEqualTo(OldestCodex.VERSION);
        for (CodexLock lock : Set.of(CodexLock.bundled(), OldestCodex.lock())) {
            for (String os : Set.of("Linux", "Mac OS X", "Windows 11")) {
                for (String cpu : Set.of("amd64", "aarch64")) {
                    CodexLock.Entry entry = lock.entry(lock.pinned(), Platform.of(os, cpu));
                    assertThat(entry.integrity()).startsWith("sha512-").hasSize(95);
                }
            }
        }
    }

    private ManagedCodex managed(FakeRegistry registry) {
        if (registry != null) {
            environment.put("npm_config_registry", registry.url());
        }
        return new ManagedCodex(
                lock(),
                new CacheDirectory(directory.resolve("cache")),
                settings(),
                new Platform("linux-x64"),
                InstantSource.fixed(NOW),
                Duration.ofSeconds(1));
    }

    private NpmSettings settings() {
        return NpmSettings.read(Map.copyOf(environment), directory, directory.resolve("home"));
    }

    private CodexLock lock() {
        try {
            return new CodexLock(
                    new ObjectMapper()
                            .readTree(
                                    """
                                    {"package":"@openai/codex","pinned":"9.9.9",
                                    "versions":{"9.9.9":{"linux-x64":"%s"}}}"""
                                            .formatted(PackageFixture.integrity(content))));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private Path packages() {
        return directory.resolve("cache").resolve("codex");
    }

    private Set<String> left() throws IOException {
        try (Stream<Path> entries = Files.list(packages())) {
            return Set.copyOf(entries.map(path -> path.getFileName().toString()).toList());
        }
    }

    private static void hang() {
        try {
            new java.util.concurrent.CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static byte[] fixture() {
        try {
            return PackageFixture.codex();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
