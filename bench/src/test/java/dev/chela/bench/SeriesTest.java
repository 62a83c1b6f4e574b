package dev.chela.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SeriesTest {

    @Test
    void theMedianOfAnOddNumberIsTheMiddleOne() {
        assertThat(Series.of(9, 1, 5).median()).isEqualTo(5);
    }

    @Test
    void theMedianOfAnEvenNumberLiesBetweenTheTwoInTheMiddle() {
        assertThat(Series.of(4, 1, 3, 2).median()).isEqualTo(2.5);
    }

    @Test
    void aQuantileIsAlwaysAValueThatWasMeasured() {
        Series hundred =
                new Series(IntStream.rangeClosed(1, 100).mapToObj(i -> (double) i).toList());
        assertThat(hundred.quantile(0.95)).isEqualTo(95);
        assertThat(hundred.quantile(0.951)).isEqualTo(96);
        assertThat(hundred.min()).isEqualTo(1);
        assertThat(hundred.max()).isEqualTo(100);
    }

    @Test
    void oneValueIsEveryQuantile() {
        Series one = Series.of(7);
        assertThat(List.of(one.min(), one.median(), one.quantile(0.95), one.max()))
                .containsOnly(7.0);
    }

    @Test
    void pairedDifferencesAreBlindToWhatSlowsBoth() {
        Series bot = Series.of(55, 155, 65);
        Series raw = Series.of(50, 150, 60);
        assertThat(bot.minus(raw).values()).containsExactly(5.0, 5.0, 5.0);
    }

    @Test
    void valuesWithoutPartnersAreRefused() {
        assertThatThrownBy(() -> Series.of(1, 2).minus(Series.of(1)))
                .hasMessage("2 values have 1 partners");
        assertThatThrownBy(() -> new Series(List.of())).hasMessageContaining("at least one");
        assertThatThrownBy(() -> Series.of(1).quantile(1.1)).hasMessageContaining("0 to 1");
    }

    @Test
    void aTableIsMarkdown() {
        assertThat(new Table("Turns", "what", "ms").row("raw", Table.millis(51.26)).toString())
                .isEqualTo("### Turns\n\n| what | ms |\n| --- | --- |\n| raw | 51.3 |\n");
    }
}
