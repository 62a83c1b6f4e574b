package dev.chela.harness.appserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.chela.config.state.Checkpoints;
import dev.chela.config.state.StateDirectory;
import dev.chela.config.testing.TestDatabase;
import dev.chela.harness.HarnessSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts that go wrong, with shell scripts for servers. */
class AgentServerTest {

    @TempDir private Path directory;

    private TestDatabase database;
    private SupervisedAppServers servers;
    private AppServerSettings settings = AppServerSettings.managed();

    @BeforeEach
    void open() {
        database = TestDatabase.open(List.of(HarnessSchema.part()));
        servers =
                SupervisedAppServers.open(
                        () -> settings,
                        database,
                        Checkpoints.none(),
                        StateDirectory.open(directory.resolve("state")),
                        () -> {
                            throw new AssertionError("the managed binary is not asked for");
                        },
                        Map.of("PATH", "/bin:/usr/bin"),
                        InstantSource.system());
    }

    @AfterEach
    void close() {
        servers.close();
        database.close();
    }

    @Test
    void aServerThatEndsAtOnceIsTriedThreeTimesAndToldWithItsLastWords() throws IOException {
        Path tries = directory.resolve("tries");
        settings = script("echo x >> " + tries + "; echo 'config is broken' >&2; exit 7");

        assertThatExceptionOfType(ConnectionClosedException.class)
                .isThrownBy(() -> servers.attach("main"))
                .withMessageContaining("exited with code 7")
                .withMessageContaining("config is broken");
        assertThat(Files.readAllLines(tries)).hasSize(3);
        awaitNoRow();
        assertThat(servers.health())
                .singleElement()
                .satisfies(
                        health -> {
                            assertThat(health.state()).isEqualTo(AppServerHealth.State.DOWN);
                            assertThat(health.lastProblem().orElseThrow()).contains("code 7");
                        });
    }

    @Test
    void aServerThatIsTooOldIsNotTriedAgain() throws IOException {
        Path tries = directory.resolve("tries");
        settings =
                script(
                        "echo x >> "
                                + tries
                                + "; read line; echo '{\"id\":1,\"result\":{\"userAgent\":"
                                + "\"chela/0.125.0-alpha.2 (x)\",\"codexHome\":\"/\","
                                + "\"platformFamily\":\"u\",\"platformOs\":\"l\"}}'; cat");

        assertThatExceptionOfType(ProtocolViolationException.class)
                .isThrownBy(() -> servers.attach("main"))
                .withMessageContaining("0.125.0-alpha.2");
        assertThat(Files.readAllLines(tries)).hasSize(1);
    }

    @Test
    void aServerThatSaysNothingIsEndedAfterTheStartupTime() throws IOException {
        settings = script("echo $$ > pid; while read line; do :; done");

        assertThatExceptionOfType(RequestTimedOutException.class)
                .isThrownBy(() -> servers.attach("main"))
                .withMessageContaining("initialize had no answer within 2000 ms");
        Path pid = directory.resolve("state/agents/main/codex-home/pid");
        assertThat(ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))).isEmpty();
    }

    @Test
    void afterCloseNothingIsStartedAnyMore() throws IOException {
        settings = script("exit 1");
        assertThatExceptionOfType(ConnectionClosedException.class)
                .isThrownBy(() -> servers.attach("main"));
        servers.close();

        assertThatExceptionOfType(ConnectionClosedException.class)
                .isThrownBy(() -> servers.attach("main"))
                .withMessageContaining("stopping");
    }

    @Test
    void aStopWaitsForNoServerThatIsStillStarting() throws Exception {
        Path ready = directory.resolve("ready");
        settings =
                script(
                        "echo $$ > "
                                + ready
                                + ".new; mv "
                                + ready
                                + ".new "
                                + ready
                                + "; while read line; do :; done");
        settings =
                new AppServerSettings(
                        settings.command(),
                        List.of(),
                        Optional.empty(),
                        Set.of(),
                        Duration.ofMinutes(10),
                        false);
        var attached = CompletableFuture.runAsync(() -> servers.attach("main"));
        while (!Files.exists(ready) || new ServerRows(database).all().isEmpty()) {
            LockSupport.parkNanos(5_000_000);
        }

        CompletableFuture.runAsync(servers::close).get(30, TimeUnit.SECONDS);

        assertThat(attached)
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .withMessageContaining("initialize was given up");
        long pid = Long.parseLong(Files.readString(ready).strip());
        ProcessHandle.of(pid)
                .ifPresent(
                        dying -> assertThat(dying.onExit()).succeedsWithin(Duration.ofSeconds(10)));
        awaitNoRow();
    }

    @Test
    void withoutSetsidNothingIsToOutliveTheBot() {
        assertThatExceptionOfType(ConnectionClosedException.class)
                .isThrownBy(
                        () ->
                                SupervisedAppServers.open(
                                        () -> AppServerSettings.managed().outliving(),
                                        database,
                                        Checkpoints.none(),
                                        StateDirectory.open(directory.resolve("other")),
                                        () -> {
                                            throw new AssertionError("nothing is started");
                                        },
                                        Map.of("PATH", directory.toString()),
                                        InstantSource.system()))
                .withMessageContaining("needs the program setsid")
                .withMessageContaining("set outlivesBot to false");
    }

    private AppServerSettings script(String body) throws IOException {
        Path script = directory.resolve("server.sh");
        Files.writeString(script, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        return new AppServerSettings(
                Optional.of(script.toString()),
                List.of(),
                Optional.empty(),
                Set.of(),
                Duration.ofSeconds(2),
                false);
    }

    /** The row goes when the process is seen to be gone, which may be after the caller was told. */
    private void awaitNoRow() {
        Instant end = InstantSource.system().instant().plusSeconds(20);
        while (!new ServerRows(database).all().isEmpty()) {
            assertThat(InstantSource.system().instant()).as("the row is still there").isBefore(end);
            LockSupport.parkNanos(5_000_000);
        }
    }
}
