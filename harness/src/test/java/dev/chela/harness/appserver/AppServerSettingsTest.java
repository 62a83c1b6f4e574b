package dev.chela.harness.appserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.config.testing.TestConfig;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How long a start may take: as long as a call or a whole run, and never less than 100 ms. */
class AppServerSettingsTest {

    private static final Duration TWO_DAYS = Duration.ofDays(2);

    @Test
    void aStartMayTakeAsLongAsACall() {
        assertThat(startup("60000", TWO_DAYS)).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void noStartTakesLongerThanARun() {
        assertThat(startup("60000", Duration.ofSeconds(5))).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void aStartHasAtLeastATenthOfASecond() {
        assertThat(startup("1", TWO_DAYS)).isEqualTo(Duration.ofMillis(100));
    }

    private static Duration startup(String requestMillis, Duration run) {
        var config =
                TestConfig.of(
                        "{ plugins: { entries: { codex: { config: { appServer: {"
                                + " requestTimeoutMs: %s } } } } } }".formatted(requestMillis));
        return AppServerSettings.of(
                        config.plugins().codex().appServer(),
                        run,
                        Map.of(),
                        input -> Optional.empty())
                .startup();
    }
}
