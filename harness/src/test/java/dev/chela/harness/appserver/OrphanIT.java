package dev.chela.harness.appserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.config.state.Checkpoints;
import dev.chela.config.state.SqliteDatabase;
import dev.chela.config.state.StateDirectory;
import dev.chela.config.testing.TestDatabase;
import dev.chela.harness.HarnessSchema;
import dev.chela.harness.kit.Processes;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing of ours survives us for longer than until the next start. */
class OrphanIT {

    @TempDir private Path directory;

    @Test
    void afterAKillOfChelaServerAndCommandEndAndTheNextStartForgetsThem() throws Exception {
        String command = "sleep 6173";
        Process chela =
                new ProcessBuilder(
                                ProcessHandle.current().info().command().orElseThrow(),
                                "-XX:+UseSerialGC",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                StandaloneServerMain.class.getName(),
                                directory.toString(),
                                command)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try {
            ProcessHandle server = ProcessHandle.of(printedPid(chela)).orElseThrow();
            ProcessHandle running = Processes.await(command);

            chela.destroyForcibly();

            Processes.awaitGone(server);
            Processes.awaitGone(running);
        } finally {
            chela.destroyForcibly();
            chela.waitFor(20, TimeUnit.SECONDS);
        }
        var database =
                SqliteDatabase.open(
                        StateDirectory.open(directory).database(),
                        List.of(HarnessSchema.part()),
                        Checkpoints.none());
        try (database) {
            var rows = new ServerRows(database);
            assertThat(rows.all()).hasSize(1);
            new OrphanSweep(rows).run(row -> false);
            assertThat(rows.all()).isEmpty();
        }
    }

    @Test
    void aRecordedProcessIsEndedWithWhatItStarted() throws Exception {
        try (TestDatabase database = TestDatabase.open(List.of(HarnessSchema.part()))) {
            Process orphan = new ProcessBuilder("/bin/sh", "-c", "sleep 6174 & wait").start();
            ProcessHandle below = Processes.await("sleep 6174");
            var rows = new ServerRows(database);
            rows.insert(row(ProcessIdentity.of(orphan.toHandle())));

            new OrphanSweep(rows).run(row -> false);

            Processes.awaitGone(orphan.toHandle());
            Processes.awaitGone(below);
            assertThat(rows.all()).isEmpty();
        }
    }

    @Test
    void aProcessThatMerelyHasThePidIsLeftAlone() throws Exception {
        try (TestDatabase database = TestDatabase.open(List.of(HarnessSchema.part()))) {
            Process stranger = new ProcessBuilder("sleep", "6175").start();
            try {
                ProcessIdentity real = ProcessIdentity.of(stranger.toHandle());
                Instant earlier = real.started().minusSeconds(5);
                var rows = new ServerRows(database);
                rows.insert(row(new ProcessIdentity(real.pid(), earlier, real.fingerprint())));
                rows.insert(row(new ProcessIdentity(real.pid(), real.started(), "another")));

                new OrphanSweep(rows).run(row -> false);

                assertThat(stranger.isAlive()).isTrue();
                assertThat(rows.all()).isEmpty();
            } finally {
                stranger.destroyForcibly();
            }
        }
    }

    @Test
    void aServerThatIgnoresEverythingIsKilled() throws Exception {
        var command =
                new ServerCommand(
                        Path.of("/bin/sh"),
                        List.of("-c", "trap '' TERM; exec 0<&-; while :; do sleep 6176; done"),
                        java.util.Optional.empty());
        ChildServer child = ChildServer.start(command, Map.of("PATH", "/bin:/usr/bin"), directory);
        ProcessHandle below = Processes.await("sleep 6176");

        child.stop();

        assertThat(ProcessHandle.of(child.pid().orElseThrow())).isEmpty();
        Processes.awaitGone(below);
    }

    private static ServerRows.Row row(ProcessIdentity identity) {
        return ServerRows.Row.of("main", identity, "stdio", "hash");
    }

    private static long printedPid(Process process) throws IOException {
        var lines = new BufferedReader(new InputStreamReader(process.getInputStream()));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("pid=")) {
                return Long.parseLong(line.substring(4));
            }
        }
        throw new AssertionError("the other Chela ended without a server");
    }
}
