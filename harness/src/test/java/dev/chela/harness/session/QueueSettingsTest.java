package dev.chela.harness.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.config.QueueConfig;
import dev.chela.config.QueueMode;
import dev.chela.harness.Source;
import dev.chela.harness.session.QueueSettings.From;
import dev.chela.harness.session.QueueSettings.Place;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QueueSettingsTest {

    private static final QueueConfig CONFIG =
            new QueueConfig(
                    QueueMode.STEER,
                    Duration.ofMillis(500),
                    20,
                    QueueConfig.Drop.SUMMARIZE,
                    Map.of("telegram", QueueMode.COLLECT),
                    Map.of("telegram", Duration.ofSeconds(2)));
    private static final QueueOverride NOTHING = QueueOverride.none();

    @Test
    void aChannelsOwnModeAndDebounceWinOverTheGeneralOnes() {
        QueueSettings settings = QueueSettings.of(CONFIG, from("telegram"), NOTHING, NOTHING);

        assertThat(settings)
                .isEqualTo(
                        new QueueSettings(
                                QueueMode.COLLECT,
                                Duration.ofSeconds(2),
                                20,
                                QueueConfig.Drop.SUMMARIZE,
                                new From(
                                        Place.CHANNEL, Place.CHANNEL, Place.CONFIG, Place.CONFIG)));
    }

    @Test
    void whatWasStoredHereWinsOverTheChannelAndAMessageOverThat() {
        QueueOverride stored =
                new QueueOverride(
                        Optional.of(QueueMode.FOLLOWUP),
                        Optional.empty(),
                        Optional.of(5),
                        Optional.empty());

        QueueSettings settings =
                QueueSettings.of(
                        CONFIG, from("telegram"), stored, QueueOverride.of(QueueMode.INTERRUPT));

        assertThat(settings.mode()).isEqualTo(QueueMode.INTERRUPT);
        assertThat(settings.cap()).isEqualTo(5);
        assertThat(settings.from())
                .isEqualTo(new From(Place.MESSAGE, Place.CHANNEL, Place.SESSION, Place.CONFIG));
    }

    private static Source from(String channel) {
        return new Source("token", Source.Kind.DIRECT, channel, "1", "Ann", true);
    }
}
