package dev.chela.harness.computeruse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.harness.appserver.protocol.PluginInstall;
import dev.chela.harness.appserver.protocol.PluginList;
import dev.chela.harness.testing.FakeAppServer;
import dev.chela.harness.testing.ManualTimers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How long is waited for a marketplace, and who ends the waiting. */
@Timeout(60)
class DiscoveryTest {

    private static final Duration POLL = Duration.ofSeconds(2);
    private static final Wish WISH =
            new Wish(
                    true,
                    true,
                    Duration.ofSeconds(60),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    "computer-use",
                    "computer-use");

    private final FakeAppServer server = new FakeAppServer();
    private final FakePlugins plugins = new FakePlugins(server);
    private final ManualTimers timers = new ManualTimers();
    private final ComputerUse computerUse = new ComputerUse(timers, Optional.empty());
    private final CompletableFuture<String> stopped = new CompletableFuture<>();

    @Test
    void aMarketplaceThatAppearsIsInstalledFrom() throws Exception {
        CompletableFuture<Optional<Readiness>> turn = turn(stopped);
        poll(3);
        timers.awaitArmed(1);
        plugins.sells("openai-curated", "/m/c.json");
        timers.advance(POLL);

        assertThat(of(turn).orElseThrow().reason()).isEqualTo(Reason.READY);
        assertThat(timers.armed()).isZero();
    }

    @Test
    void theTimeIsSpentOnceForEachAppServer() throws Exception {
        CompletableFuture<Optional<Readiness>> first = turn(stopped);
        poll(30);
        assertThat(of(first).orElseThrow().reason()).isEqualTo(Reason.MARKETPLACE_MISSING);
        assertThat(server.all(PluginList.class)).hasSize(31);

        assertThat(of(turn(stopped)).orElseThrow().reason()).isEqualTo(Reason.MARKETPLACE_MISSING);
        assertThat(server.all(PluginList.class)).as("one look, no wait").hasSize(32);
        plugins.sells("any", "/m/a.json");
        assertThat(of(turn(stopped)).orElseThrow().reason()).isEqualTo(Reason.READY);
    }

    @Test
    void aStopEndsTheWaitAtOnceAndNothingIsInstalledAfterIt() throws Exception {
        CompletableFuture<Optional<Readiness>> turn = turn(stopped);
        timers.awaitArmed(1);
        stopped.complete("stop");

        assertThat(of(turn)).isEmpty();
        plugins.sells("any", "/m/a.json");
        timers.advance(Duration.ofMinutes(2));
        assertThat(server.all(PluginInstall.class)).isEmpty();
        assertThat(of(turn(new CompletableFuture<>())).orElseThrow().reason())
                .as("the next turn looks for itself")
                .isEqualTo(Reason.READY);
    }

    @Test
    void turnsThatWaitForTheSameShareOneLookAndOneStopLeavesTheOthers() throws Exception {
        CompletableFuture<Optional<Readiness>> one = turn(stopped);
        timers.awaitArmed(1);
        CompletableFuture<Optional<Readiness>> other = new CompletableFuture<>();
        Thread second =
                Thread.ofVirtual()
                        .start(
                                () ->
                                        other.complete(
                                                computerUse.check(
                                                        server,
                                                        WISH,
                                                        Optional.empty(),
                                                        new CompletableFuture<>())));
        while (second.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        poll(1);
        timers.awaitArmed(1);
        assertThat(timers.armed()).isEqualTo(1);
        stopped.complete("stop");
        assertThat(of(one)).isEmpty();

        plugins.sells("any", "/m/a.json");
        timers.advance(POLL);

        assertThat(of(other).orElseThrow().reason()).isEqualTo(Reason.READY);
        assertThat(server.all(PluginInstall.class)).hasSize(1);
    }

    @Test
    void theEndOfTheBotEndsTheWaitOfACommand() throws Exception {
        CompletableFuture<Readiness> command =
                CompletableFuture.supplyAsync(() -> computerUse.install(server, WISH));
        timers.awaitArmed(1);
        computerUse.close();

        Readiness found = command.get(30, TimeUnit.SECONDS);
        assertThat(found.isReady()).isFalse();
        assertThat(found.message()).contains("Chela stops");
    }

    private CompletableFuture<Optional<Readiness>> turn(CompletableFuture<?> stop) {
        return CompletableFuture.supplyAsync(
                () -> computerUse.check(server, WISH, Optional.empty(), stop),
                task -> Thread.ofVirtual().start(task));
    }

    private void poll(int times) throws InterruptedException {
        for (int at = 0; at < times; at++) {
            timers.awaitArmed(1);
            timers.advance(POLL);
        }
    }

    private static <T> T of(CompletableFuture<T> future) throws Exception {
        return future.get(30, TimeUnit.SECONDS);
    }
}
