package dev.chela.harness.appserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.config.state.Checkpoints;
import dev.chela.config.state.ProcessStart;
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
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
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
        ProcessStart.Ticks otherTicks = new ProcessStart.Ticks("another boot", 1);
        assertThat(
                        isEnded(
                                real ->
                                        new ProcessIdentity(
                                                real.pid(),
                                                new ProcessStart(
                                                        real.started().instant(),
                                                        Optional.of(otherTicks)),
                                                real.fingerprint())))
                .isFalse();
        assertThat(isEnded(real -> older(real, real.started().instant().minusSeconds(5))))
                .isFalse();
        assertThat(isEnded(real -> older(real, Instant.EPOCH))).as("of unknown start").isFalse();
        assertThat(isEnded(real -> new ProcessIdentity(real.pid(), real.started(), "another")))
                .isFalse();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void anOrphanIsEndedAlthoughTheClockWasSetSinceItBegan() throws Exception {
        assertThat(
                        isEnded(
                                real ->
                                        new ProcessIdentity(
                                                real.pid(),
                                                new ProcessStart(
                                                        real.started().instant().minusSeconds(3600),
                                                        real.started().ticks()),
                                                real.fingerprint())))
                .isTrue();
    }

    @Test
    void anOrphanThatAnOlderChelaRecordedIsEnded() throws Exception {
        assertThat(isEnded(real -> older(real, real.started().instant()))).isTrue();
    }

    /** As it was recorded before the kernel's count was. */
    private static ProcessIdentity older(ProcessIdentity real, Instant started) {
        return new ProcessIdentity(
                real.pid(), new ProcessStart(started, Optional.empty()), real.fingerprint());
    }

    /** Whether a process ends by a sweep that finds this recorded. */
    private static boolean isEnded(UnaryOperator<ProcessIdentity> recorded) throws Exception {
        Process running = new ProcessBuilder("sleep", "6175").start();
        try (TestDatabase database = TestDatabase.open(List.of(HarnessSchema.part()))) {
            var rows = new ServerRows(database);
            rows.insert(row(recorded.apply(ProcessIdentity.of(running.toHandle()))));

            new OrphanSweep(rows).run(row -> false);

            assertThat(rows.all()).isEmpty();
            return !running.isAlive();
        } finally {
            running.destroyForcibly();
        }
    }

    @Test
    void aServerThatIgnoresEverythingIsKilled() throws Exception {
        var command =
                new ServerCommand(
                        Path.of("/bin/sh"),
                        List.of("-c", "trap '' TERM; exec 0<&-; while :; do sleep 6176; done"),
                        Optional.empty());
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
