package dev.chela.channels.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.config.testing.ManualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TelegramPacingTest {

    private final ManualClock clock = new ManualClock();
    private final TelegramPacing pacing = new TelegramPacing(clock);

    @Test
    void aChatGetsOneMessageASecond() {
        assertThat(pacing.message(1)).isZero();
        assertThat(pacing.message(1)).isEqualTo(Duration.ofSeconds(1));
        assertThat(pacing.message(1)).isEqualTo(Duration.ofSeconds(2));
        assertThat(pacing.message(2)).isZero();
        clock.advance(Duration.ofSeconds(5));
        assertThat(pacing.message(1)).isZero();
    }

    @Test
    void aGroupGetsTwentyMessagesAMinute() {
        for (int i = 0; i < 20; i++) {
            assertThat(pacing.message(-1)).isZero();
            clock.advance(Duration.ofSeconds(1));
        }
        assertThat(pacing.message(-1)).isEqualTo(Duration.ofSeconds(40));
        assertThat(pacing.message(1)).isZero();
    }

    @Test
    void allChatsTogetherGetThirtyASecond() {
        for (int chat = 1; chat <= 30; chat++) {
            assertThat(pacing.message(chat)).isZero();
        }
        assertThat(pacing.message(31)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aMessageThatWaitsLongDelaysNobodyElse() {
        for (int i = 0; i < 60; i++) {
            pacing.message(-1);
        }
        clock.advance(Duration.ofSeconds(2));
        assertThat(pacing.message(5)).isZero();
    }

    @Test
    void typingNeverTakesAMessagesPlace() {
        for (int i = 0; i < 100; i++) {
            pacing.typing(7);
        }
        assertThat(pacing.message(7)).isZero();
        for (int chat = 1; chat <= 14; chat++) {
            assertThat(pacing.message(chat)).isLessThan(Duration.ofSeconds(2));
        }
        assertThat(pacing.typing(7)).isFalse();
    }

    @Test
    void editsInAGroupLeaveRoomForMessages() {
        int edits = 0;
        while (pacing.editDelay(-1).isZero()) {
            pacing.edit(-1);
            edits++;
            clock.advance(Duration.ofSeconds(1));
        }
        assertThat(edits).isEqualTo(15);
        assertThat(pacing.message(-1)).isZero();
    }

    @Test
    void aChatThatTelegramBlockedWaits() {
        pacing.block(3, Duration.ofSeconds(9));

        assertThat(pacing.message(3)).isEqualTo(Duration.ofSeconds(9));
        assertThat(pacing.typing(3)).isFalse();
        assertThat(pacing.message(4)).isZero();
    }
}
