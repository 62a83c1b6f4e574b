package dev.chela.channels.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.channels.Cursor;
import dev.chela.config.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OffsetTest {

    private static final Secret TOKEN = Secret.of("42:secret");
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final Offset offset = new Offset(1001, NOW);

    @Test
    void theStoredFormIsReadBackAndHoldsNoSecret() {
        Cursor cursor = offset.cursor("default", TOKEN);

        assertThat(Offset.of(Optional.of(cursor), TOKEN)).isEqualTo(offset);
        assertThat(cursor.position()).doesNotContain("secret");
    }

    @Test
    void anotherBotsOffsetIsNotUsed() {
        Cursor cursor = offset.cursor("default", TOKEN);

        assertThat(Offset.of(Optional.of(cursor), Secret.of("43:other")).next()).isZero();
    }

    @Test
    void afterAQuietWeekWhateverIsWaitingIsAskedFor() {
        assertThat(offset.asked(NOW.plus(Duration.ofDays(5)))).isEqualTo(1001);
        assertThat(offset.asked(NOW.plus(Duration.ofDays(7)))).isZero();
    }

    @Test
    void nonsenseIsAFreshStart() {
        Cursor cursor = new Cursor("telegram", "default", "updates", "12:x:-1");

        assertThat(Offset.of(Optional.of(cursor), TOKEN).next()).isZero();
        assertThat(Offset.of(Optional.empty(), TOKEN).next()).isZero();
    }
}
