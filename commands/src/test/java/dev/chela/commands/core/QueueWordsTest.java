package dev.chela.commands.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.config.QueueConfig;
import dev.chela.config.QueueMode;
import dev.chela.harness.session.QueueOverride;
import java.time.Duration;
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
        assertThat(QueueWords.parse("default").override()).contains(QueueOverride.none());
    }

    @Test
    void oneWrongWordRefusesAllAndNamesWhatIsAccepted() {
        for (String wrong : new String[] {"fast", "cap:0", "cap:x", "debounce:soon", "drop:all"}) {
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
