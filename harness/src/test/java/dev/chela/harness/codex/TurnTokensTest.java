package dev.chela.harness.codex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.harness.TurnEvent;
import dev.chela.harness.appserver.protocol.TokenUsage;
import org.junit.jupiter.api.Test;

/** The figures are those of a recorded compaction. */
class TurnTokensTest {

    private final TurnTokens tokens = new TurnTokens();

    @Test
    void everyCallIsCountedOnceThoughItIsToldTwice() {
        assertThat(tokens.counted(usage(7024, 20, 7024, 20, 7044)))
                .hasValue(new TurnEvent.Counted(7024, 0, 20, 7044, 258_400));
        assertThat(tokens.counted(usage(14_130, 40, 7106, 20, 7126)))
                .hasValue(new TurnEvent.Counted(7106, 0, 20, 7126, 258_400));
        assertThat(tokens.counted(usage(14_130, 40, 7106, 20, 7126))).isEmpty();
    }

    @Test
    void aTurnOfAnOldThreadBeginsWithItsOwnCall() {
        assertThat(tokens.counted(usage(21_413, 60, 7283, 20, 7303)))
                .hasValue(new TurnEvent.Counted(7283, 0, 20, 7303, 258_400));
    }

    @Test
    void aCompactionShrinksTheContextAndCostsNothingByItself() {
        tokens.counted(usage(21_413, 60, 7283, 20, 7303));
        assertThat(tokens.counted(usage(21_413, 60, 0, 0, 6869)))
                .hasValue(new TurnEvent.Counted(0, 0, 0, 6869, 258_400));
    }

    private static TokenUsage usage(long in, long out, long lastIn, long lastOut, long context) {
        return new TokenUsage(
                new TokenUsage.Count(in + out, in, 0, out, 0),
                new TokenUsage.Count(context, lastIn, 0, lastOut, 0),
                258_400L);
    }
}
