package dev.chela.harness.appserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RestartPauseTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final RestartPause pause = new RestartPause();

    @Test
    void theFirstStartDoesNotWait() {
        assertThat(pause.left(NOW)).isZero();
    }

    @Test
    void everyShortLifeDoublesThePauseUpToHalfAMinute() {
        pause.ended(NOW, NOW);
        assertThat(pause.left(NOW)).isEqualTo(Duration.ofMillis(250));
        pause.ended(NOW, NOW);
        assertThat(pause.left(NOW)).isEqualTo(Duration.ofMillis(500));
        for (int i = 0; i < 40; i++) {
            pause.ended(NOW, NOW);
        }
        assertThat(pause.left(NOW)).isEqualTo(Duration.ofSeconds(30));
        assertThat(pause.left(NOW.plusSeconds(31))).isZero();
    }

    @Test
    void aServerThatLastedAMinuteIsForgiven() {
        pause.ended(NOW, NOW);
        pause.ended(NOW, NOW.plusSeconds(60));
        assertThat(pause.left(NOW.plusSeconds(60))).isZero();
    }
}
