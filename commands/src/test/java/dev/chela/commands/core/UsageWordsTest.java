package dev.chela.commands.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.harness.session.Usage;
import org.junit.jupiter.api.Test;

class UsageWordsTest {

    @Test
    void saysHowFullTheWindowIsAndWhatWasUsed() {
        assertThat(UsageWords.of(new Usage(14_307, 9_000, 40, 7_275, 258_400, 0)))
                .isEqualTo("7.3k of 258.4k tokens (2%); in 14.3k (9.0k cached), out 40");
    }

    @Test
    void leavesOutWhatIsNotKnownAndCountsCompactions() {
        assertThat(UsageWords.of(new Usage(1_500_000, 0, 2_000, 999, 0, 1)))
                .isEqualTo("999 tokens; in 1.5M, out 2.0k, compacted 1 time");
    }
}
