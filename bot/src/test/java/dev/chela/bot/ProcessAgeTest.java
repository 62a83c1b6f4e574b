package dev.chela.bot;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

final class ProcessAgeTest {

    @Test
    void theAgeIsTheDifferenceOfTwoTimesSinceTheMachineStarted() {
        String stat = "812 (a ) b) S 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 1234 20 21";

        assertThat(ProcessAge.of(stat, "15.00 3.10")).isEqualTo(Duration.ofMillis(2_660));
    }

    @Test
    void thisProcessHasAnAge() {
        assertThat(ProcessAge.own(InstantSource.system()).orElseThrow())
                .isBetween(Duration.ZERO, Duration.ofHours(1));
    }
}
