package dev.chela.harness.codex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.harness.SessionKey;
import dev.chela.harness.ThreadId;
import dev.chela.harness.TurnOutcome;
import dev.chela.harness.appserver.protocol.McpServerStatusList;
import dev.chela.harness.computeruse.PluginState;
import dev.chela.harness.computeruse.Readiness;
import dev.chela.harness.computeruse.Reason;
import dev.chela.harness.computeruse.Wish;
import dev.chela.harness.kit.HarnessStage;
import dev.chela.harness.kit.PluginMarket;
import dev.chela.harness.kit.Processes;
import dev.chela.harness.kit.RealCodex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real app-server, without a login, and a marketplace in a folder. */
final class ComputerUseIT {

    private static final Wish.Changes NOTHING_NAMED = named(Optional.empty(), Optional.empty());

    @TempDir private Path directory;
    private HarnessStage house;
    private Path market;

    @BeforeEach
    void raise() throws IOException {
        house = new HarnessStage(RealCodex.stage(directory));
        market = PluginMarket.in(directory.resolve("market"));
    }

    @AfterEach
    void strike() throws Exception {
        house.close();
    }

    @Test
    void aTurnFailsUntilThePluginIsInstalledAndThenHasItsTools() throws Exception {
        house.computerUse(wish(false, Optional.of(market.toString())));
        SessionKey session = HarnessStage.freshSession();

        assertThat(refused(session)).contains("`plugin_not_installed`", "`kitmarket`");
        assertThat(house.bindings().load(session)).as("no thread was begun").isEmpty();

        Readiness installed = house.codex().installComputerUse("main", NOTHING_NAMED);
        assertThat(installed.reason()).as(installed.message()).isEqualTo(Reason.READY);
        assertThat(installed.tools()).containsExactly("ask", "peek", "pose", "wipe");
        assertThat(house.start(session, "call mcp__computer_use.peek {}").answer())
                .contains("peeked");
        assertThat(house.start(session, "hello").answer())
                .as("its loaded thread is asked")
                .contains("hello");
    }

    @Test
    void aTurnInstallsFromTheNamedMarketplaceIfTheConfigLetsIt() throws Exception {
        house.computerUse(wish(true, Optional.of(directory.resolve("market").toString())));

        assertThat(house.start(HarnessStage.freshSession(), "hello").answer()).contains("hello");
    }

    @Test
    void aSourceIsMadeKnownAndStaysSo() {
        Readiness before = house.codex().computerUse("main", named(Optional.of("x"), path("/x")));
        assertThat(before.reason()).isEqualTo(Reason.MARKETPLACE_MISSING);
        assertThat(before.message()).contains("does not exist");

        String source = directory.resolve("market").toString();
        Readiness installed =
                house.codex().installComputerUse("main", named(Optional.of(source), path()));
        assertThat(installed.reason()).as(installed.message()).isEqualTo(Reason.READY);

        house.computerUse(wish(false, Optional.empty()));
        assertThat(house.codex().computerUse("main", NOTHING_NAMED).marketplace())
                .contains(PluginMarket.NAME);
    }

    @Test
    void whatIsSwitchedOffInCodexIsSaidSoAndInstallingSwitchesItOn() throws Exception {
        house.computerUse(wish(false, Optional.of(market.toString())));
        house.codex().installComputerUse("main", NOTHING_NAMED);
        Path config = directory.resolve("codex").resolve("config.toml");
        Files.writeString(
                config, Files.readString(config).replace("enabled = true", "enabled = false"));

        assertThat(house.codex().computerUse("main", NOTHING_NAMED).plugin())
                .isEqualTo(PluginState.SWITCHED_OFF);
        assertThat(refused(HarnessStage.freshSession())).contains("`plugin_disabled`");
        assertThat(house.codex().installComputerUse("main", NOTHING_NAMED).reason())
                .isEqualTo(Reason.READY);
    }

    @Test
    void aServerThatDoesNotStartIsSaidSo() throws Exception {
        PluginMarket.in(directory.resolve("market"), List.of("/nowhere/at-all"));
        house.computerUse(wish(true, Optional.of(market.toString())));

        assertThat(refused(HarnessStage.freshSession()))
                .contains("`mcp_missing`", "No such file or directory");
    }

    @Test
    void whatIsInstalledIsThereWhereItsMarketplaceIsOnNoList() throws Exception {
        house.codex().installComputerUse("main", named(Optional.empty(), path(market.toString())));
        house.computerUse(wish(false, Optional.empty()));

        assertThat(house.start(HarnessStage.freshSession(), "hello").answer()).contains("hello");
    }

    @Test
    void aServerThatDiedUnderALoadedThreadIsStartedAgainForTheNextTurn() throws Exception {
        house.computerUse(wish(true, Optional.of(market.toString())));
        SessionKey session = HarnessStage.freshSession();
        String peek = "call mcp__computer_use.peek {}";
        assertThat(house.start(session, peek).answer()).contains("peeked");

        List<ProcessHandle> servers =
                ProcessHandle.current().descendants().filter(this::isOfTheMarket).toList();
        assertThat(servers).isNotEmpty();
        servers.forEach(ProcessHandle::destroyForcibly);
        servers.forEach(Processes::awaitGone);
        awaitNoticed(house.bindings().load(session).orElseThrow().thread());

        assertThat(house.start(session, peek).answer()).contains("peeked");
    }

    /** Codex sees the end of the process a moment after it. */
    private void awaitNoticed(ThreadId thread) {
        McpServerStatusList look = new McpServerStatusList(null, 1, thread, "computer-use");
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        List<McpServerStatusList.Status> seen;
        do {
            seen = house.stage().server().request(look).data();
        } while (seen.stream().noneMatch(one -> "failed".equals(one.runtimeStatus()))
                && System.nanoTime() < end);
        assertThat(seen).extracting(McpServerStatusList.Status::runtimeStatus).contains("failed");
    }

    private boolean isOfTheMarket(ProcessHandle process) {
        String log = market.getParent().getParent().getParent().resolve("wiped.log").toString();
        return List.of(process.info().arguments().orElse(new String[0])).contains(log);
    }

    @Test
    void theOldestCodexCanHaveItToo() throws Exception {
        Path there = Files.createDirectories(directory.resolve("oldest"));
        try (HarnessStage oldest = new HarnessStage(RealCodex.oldest(there))) {
            oldest.computerUse(wish(true, Optional.of(market.toString())));

            assertThat(oldest.start(HarnessStage.freshSession(), "hello").answer())
                    .contains("hello");
        }
    }

    private String refused(SessionKey session) throws Exception {
        TurnOutcome outcome = house.start(session, "hello").outcome();
        assertThat(outcome).isInstanceOf(TurnOutcome.Failed.class);
        return ((TurnOutcome.Failed) outcome).notice();
    }

    private static Optional<String> path(String... path) {
        return path.length == 0 ? Optional.empty() : Optional.of(path[0]);
    }

    private static Wish.Changes named(Optional<String> source, Optional<String> path) {
        return new Wish.Changes(source, path, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static Wish wish(boolean auto, Optional<String> path) {
        return new Wish(
                true,
                auto,
                Duration.ofSeconds(1),
                Optional.empty(),
                path,
                Optional.empty(),
                "computer-use",
                "computer-use");
    }
}
