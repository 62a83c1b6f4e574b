package dev.chela.commands.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.config.QueueConfig;
import dev.chela.config.QueueMode;
import dev.chela.harness.session.QueueOverride;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QueueWordsTest {

    @Test
    void modesAndOptionsMayComeInAnyOrderAndSpelling() {
        assertThat(QueueWords.parse("cap=5 Coalesce debounce:2s drop:newest").override())
                .contains(
                        new QueueOverride(
                                Optional.of(QueueMode.COLLECT),
                                Optional.of(Duration.ofSeconds(2)),
                                Optional.of(5),
                                Optional.of(QueueConfig.Drop.NEW)));
    }

    @Test
    void defaultTakesTheOverrideAway() {
        QueueWords words = QueueWords.parse("default");
        assertThat(words.reset()).isTrue();
        assertThat(words.override()).contains(QueueOverride.none());
    }

    @Test
    void anOptionAloneLeavesTheStoredModeAlone() {
        QueueWords words = QueueWords.parse("cap:5");
        assertThat(words.reset()).isFalse();
        assertThat(words.override().orElseThrow().over(QueueOverride.of(QueueMode.COLLECT)))
                .isEqualTo(
                        new QueueOverride(
                                Optional.of(QueueMode.COLLECT),
                                Optional.empty(),
                                Optional.of(5),
                                Optional.empty()));
    }

    @Test
    void oneWrongWordRefusesAllAndNamesWhatIsAccepted() {
        for (String wrong :
                List.of(
                        "fast",
                        "cap:0",
                        "cap:x",
                        "cap:10001",
                        "debounce:soon",
                        "debounce:11m",
                        "debounce:999999999d",
                        "drop:all")) {
            QueueWords words = QueueWords.parse("collect " + wrong);
            assertThat(words.override()).as(wrong).isEmpty();
            assertThat(words.problem())
                    .hasValueSatisfying(
                            problem -> assertThat(problem).contains(wrong).contains("steer"));
        }
    }

    @Test
    void proseAfterTheDirectiveIsNotItsOwn() {
        assertThat(QueueWords.belongs("collect", true)).isTrue();
        assertThat(QueueWords.belongs("collect", false)).isFalse();
        assertThat(QueueWords.belongs("cap:3", false)).isTrue();
        assertThat(QueueWords.belongs("please", true)).isFalse();
    }
}
