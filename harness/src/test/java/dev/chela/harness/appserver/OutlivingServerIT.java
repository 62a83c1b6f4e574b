package dev.chela.harness.appserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.harness.InputKey;
import dev.chela.harness.ThreadId;
import dev.chela.harness.appserver.protocol.ServerNotification;
import dev.chela.harness.appserver.protocol.ThreadOptions;
import dev.chela.harness.appserver.protocol.ThreadRead;
import dev.chela.harness.appserver.protocol.ThreadResume;
import dev.chela.harness.appserver.protocol.ThreadStart;
import dev.chela.harness.appserver.protocol.TurnOptions;
import dev.chela.harness.appserver.protocol.TurnStart;
import dev.chela.harness.appserver.protocol.TurnStatus;
import dev.chela.harness.appserver.protocol.UserInput;
import dev.chela.harness.kit.Processes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With {@code outlivesBot} a turn does not notice that the bot restarts. */
class OutlivingServerIT {

    @TempDir private Path directory;

    private RealServers real;

    @BeforeEach
    void open() {
        real = new RealServers(directory);
        real.set(AppServerSettings.managed().outliving());
    }

    @AfterEach
    void endEverything() {
        real.set(AppServerSettings.managed());
        real.reopen();
        real.close();
    }

    @Test
    void aTurnGoesOnWhileTheBotRestartsAndIsFollowedAgain() throws Exception {
        AppServer before = real.attach();
        ThreadId thread =
                before.request(
                                ThreadStart.with(
                                        ThreadOptions.builder()
                                                .cwd(real.workspace().toString())
                                                .build()))
                        .thread()
                        .id();
        var first = new RecordingListener();
        before.subscribe(thread, first);
        var started =
                before.request(
                        new TurnStart(
                                thread,
                                List.of(UserInput.text("slow 4")),
                                new InputKey("in-1"),
                                TurnOptions.none()));
        first.await(ServerNotification.ItemStarted.class);
        Path token = real.state().codexHome("main").resolveSibling("app-server.token");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(token)))
                .isEqualTo("rw-------");

        real.servers().close();
        assertThat(first.awaitClosed()).isInstanceOf(ConnectionClosedException.class);
        real.reopen();

        AppServer after = real.attach();
        assertThat(after.pid()).isEqualTo(before.pid());
        var second = new RecordingListener();
        after.subscribe(thread, second);
        after.request(new ThreadResume(thread, ThreadOptions.none(), null, false));
        var ended = second.await(ServerNotification.TurnCompleted.class);
        assertThat(ended.turnId()).isEqualTo(started.turn().id());
        assertThat(ended.turn().status()).isEqualTo(TurnStatus.COMPLETED);
        assertThat(after.request(new ThreadRead(thread, true)).thread().turns()).hasSize(1);
    }

    @Test
    void turnedOffTheNextStartEndsIt() {
        ProcessHandle server = ProcessHandle.of(real.attach().pid().orElseThrow()).orElseThrow();
        real.servers().close();
        assertThat(server.isAlive()).isTrue();

        real.set(AppServerSettings.managed());
        real.reopen();

        Processes.awaitGone(server);
        assertThat(new ServerRows(real.database()).all()).isEmpty();
    }

    @Test
    void oneThatDiedMeanwhileIsReplaced() {
        AppServer before = real.attach();
        ProcessHandle dead = ProcessHandle.of(before.pid().orElseThrow()).orElseThrow();
        real.servers().close();
        dead.destroyForcibly();
        Processes.awaitGone(dead);
        real.reopen();

        AppServer after = real.attach();

        assertThat(after.pid()).isNotEqualTo(before.pid());
        assertThat(new ServerRows(real.database()).all()).hasSize(1);
    }
}
