package dev.chela.harness.codex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.harness.TurnOutcome;
import dev.chela.harness.appserver.protocol.RateLimits;
import dev.chela.harness.appserver.protocol.RateLimitsRead;
import dev.chela.harness.testing.FakeAppServer;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AllowanceTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final TurnOutcome USED_UP =
            Failures.failed(TurnOutcome.Failure.USAGE_LIMIT, Optional.empty());

    private final FakeAppServer server = new FakeAppServer();

    @Test
    void aUsageLimitIsToldWithItsReset() {
        RateLimits limits =
                new RateLimits(
                        null,
                        null,
                        null,
                        new RateLimits.Window(100, 300L, NOW.getEpochSecond() + 3 * 3600),
                        new RateLimits.Window(40, 10_080L, NOW.getEpochSecond() + 86_400 * 5),
                        "primary");
        server.on(RateLimitsRead.class, read -> new RateLimitsRead.Result(limits, Map.of()));
        assertThat(((TurnOutcome.Failed) Allowance.explained(USED_UP, server, NOW)).notice())
                .endsWith("It resets in 3 hours (1 Jan 03:00 UTC).");
    }

    @Test
    void withoutAnAnswerTheNoticeStaysAsItIs() {
        server.silentOn(RateLimitsRead.class);
        assertThat(Allowance.explained(USED_UP, server, NOW)).isEqualTo(USED_UP);
    }

    @Test
    void otherOutcomesAreNotAskedAbout() {
        TurnOutcome busy = Failures.failed(TurnOutcome.Failure.OVERLOADED, Optional.empty());
        assertThat(Allowance.explained(busy, server, NOW)).isSameAs(busy);
        assertThat(server.all(RateLimitsRead.class)).isEmpty();
    }
}
