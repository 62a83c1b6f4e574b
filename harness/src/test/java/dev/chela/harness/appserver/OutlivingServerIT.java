package dev.chela.harness.appserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.harness.InputKey;
import dev.chela.harness.ThreadId;
import dev.chela.harness.TurnId;
import dev.chela.harness.appserver.protocol.CodexTurn;
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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
        real.servers().close();
        SupervisedAppServers.endAll(real.database());
        real.closeState();
    }

    @Test
    void aTurnGoesOnWhileTheBotRestartsAndIsFollowedAgain() throws Exception {
        AppServer before = real.attach();
        Working turn = working(before, 4);

        real.servers().close();
        assertThat(before.isOpen()).isFalse();
        assertThat(turn.ear().isClosed()).as("told of an end that is none").isFalse();
        real.reopen();

        AppServer after = real.attach();
        assertThat(after.pid()).isEqualTo(before.pid());
        assertThat(endOf(turn, after).status()).isEqualTo(TurnStatus.COMPLETED);
        assertThat(after.request(new ThreadRead(turn.thread(), true)).thread().turns()).hasSize(1);
    }

    @Test
    void itHasASessionATokenAndAnOutputOfItsOwn() throws Exception {
        long pid = real.attach().pid().orElseThrow();
        Path home = real.state().codexHome("main");

        assertThat(session(pid)).isEqualTo(pid);
        assertThat(mode(home.resolveSibling("app-server.token"))).isEqualTo("rw-------");
        assertThat(mode(home.resolveSibling("app-server.log"))).isEqualTo("rw-------");
        assertThat(Files.readSymbolicLink(Path.of("/proc/" + pid + "/fd/1")))
                .isEqualTo(home.resolveSibling("app-server.log").toRealPath());
        assertThat(arguments(pid))
                .containsSubsequence("--ws-auth", "capability-token", "--ws-token-file")
                .anyMatch(argument -> argument.startsWith("ws://127.0.0.1:"))
                .doesNotContain("stdio://");
        ServerRows.Row row = new ServerRows(real.database()).all().getFirst();
        assertThat(row.process()).isEqualTo(identity(pid));
        assertThat(arguments(pid)).contains(row.endpoint());
    }

    @Test
    void itsOutputStartsAgainBeyondItsBound() throws Exception {
        real.attach();
        Path log = real.state().codexHome("main").resolveSibling("app-server.log");
        Files.write(log, new byte[(int) DetachedServer.LOG_BYTES_MAX + 1]);

        real.attach();

        assertThat(Files.size(log)).isLessThan(DetachedServer.LOG_BYTES_MAX);
    }

    @Test
    void itsOutputIsBoundedWhileATurnGoesOnAndNothingElseBegins() throws Exception {
        working(real.attach(), 60);
        Path log = real.state().codexHome("main").resolveSibling("app-server.log");
        Files.write(log, new byte[(int) DetachedServer.LOG_BYTES_MAX + 1]);

        real.servers().boundOutput();

        assertThat(Files.size(log)).isLessThan(DetachedServer.LOG_BYTES_MAX);
    }

    @Test
    void anIdleOneIsEndedByTheNextStart() {
        ProcessHandle server = process(real.attach());
        real.servers().close();
        assertThat(server.isAlive()).isTrue();

        real.reopen();

        Processes.awaitGone(server);
        AppServer next = real.attach();
        assertThat(next.pid()).isNotEqualTo(Optional.of(server.pid()));
        assertThat(new ServerRows(real.database()).all()).hasSize(1);
    }

    @Test
    void oneWithOtherSettingsFinishesItsTurnAndIsThenReplaced() throws Exception {
        AppServer before = real.attach();
        ProcessHandle server = process(before);
        Working turn = working(before, 3);
        real.servers().close();
        real.set(without("SOMETHING"));
        real.reopen();

        AppServer busy = real.attach();
        assertThat(busy.pid()).isEqualTo(before.pid());
        assertThat(endOf(turn, busy).status()).isEqualTo(TurnStatus.COMPLETED);

        AppServer next = real.attach();
        assertThat(next.pid()).isNotEqualTo(before.pid());
        Processes.awaitGone(server);
        assertThat(new ServerRows(real.database()).all()).hasSize(1);
    }

    @Test
    void turnedOffItFinishesItsTurnAndEndsWithTheBot() throws Exception {
        ProcessHandle server = process(real.attach());
        Working turn = working(real.attach(), 3);
        real.servers().close();
        real.set(AppServerSettings.managed());
        real.reopen();

        AppServer busy = real.attach();
        assertThat(busy.pid()).hasValue(server.pid());
        assertThat(endOf(turn, busy).status()).isEqualTo(TurnStatus.COMPLETED);
        real.servers().close();

        Processes.awaitGone(server);
        assertThat(new ServerRows(real.database()).all()).isEmpty();
    }

    @Test
    void turnedOffAnIdleOneIsEndedByTheNextStart() {
        ProcessHandle server = process(real.attach());
        real.servers().close();

        real.set(AppServerSettings.managed());
        real.reopen();

        Processes.awaitGone(server);
        real.servers().close();
        assertThat(new ServerRows(real.database()).all()).isEmpty();
    }

    @Test
    void oneThatDiedMeanwhileIsReplaced() {
        AppServer before = real.attach();
        ProcessHandle dead = process(before);
        real.servers().close();
        dead.destroyForcibly();
        Processes.awaitGone(dead);
        real.reopen();

        AppServer after = real.attach();

        assertThat(after.pid()).isNotEqualTo(before.pid());
        assertThat(new ServerRows(real.database()).all()).hasSize(1);
    }

    @Test
    void allAreEndedWhenThatIsAskedForEvenAtWork() throws Exception {
        AppServer before = real.attach();
        ProcessHandle server = process(before);
        working(before, 60);
        real.servers().close();

        SupervisedAppServers.endAll(real.database());

        Processes.awaitGone(server);
        assertThat(new ServerRows(real.database()).all()).isEmpty();
    }

    /** A slow turn and who follows it. */
    private record Working(ThreadId thread, TurnId turn, RecordingListener ear) {}

    private Working working(AppServer server, int seconds) throws InterruptedException {
        ThreadId thread =
                server.request(
                                ThreadStart.with(
                                        ThreadOptions.builder()
                                                .cwd(real.workspace().toString())
                                                .build()))
                        .thread()
                        .id();
        var ear = new RecordingListener();
        server.subscribe(thread, ear);
        TurnId turn =
                server.request(
                                new TurnStart(
                                        thread,
                                        List.of(UserInput.text("slow " + seconds)),
                                        new InputKey("in-1"),
                                        TurnOptions.none()))
                        .turn()
                        .id();
        ear.await(ServerNotification.ItemStarted.class);
        return new Working(thread, turn, ear);
    }

    private static CodexTurn endOf(Working working, AppServer server) throws InterruptedException {
        var ear = new RecordingListener();
        server.subscribe(working.thread(), ear);
        server.request(new ThreadResume(working.thread(), ThreadOptions.none(), null, false));
        var ended = ear.await(ServerNotification.TurnCompleted.class);
        assertThat(ended.turnId()).isEqualTo(working.turn());
        return ended.turn();
    }

    private static AppServerSettings without(String variable) {
        AppServerSettings plain = AppServerSettings.managed();
        return new AppServerSettings(
                plain.command(),
                plain.args(),
                plain.remote(),
                Set.of(variable),
                plain.requestTimeout(),
                true);
    }

    private static ProcessHandle process(AppServer server) {
        return ProcessHandle.of(server.pid().orElseThrow()).orElseThrow();
    }

    private static ProcessIdentity identity(long pid) {
        return ProcessIdentity.of(ProcessHandle.of(pid).orElseThrow());
    }

    /** The process session's leader. */
    private static long session(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[3]);
    }

    private static List<String> arguments(long pid) throws IOException {
        return List.of(Files.readString(Path.of("/proc/" + pid + "/cmdline")).split("\0"));
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
