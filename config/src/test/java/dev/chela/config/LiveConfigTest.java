package dev.chela.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.config.testing.TestConfig;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveConfigTest {

    @Test
    void sectionsShowTheNewestValueAndListenersWhatChanged() {
        LiveConfig live = new LiveConfig(TestConfig.defaults());
        Live<QueueConfig> queue = live.section(config -> config.messages().queue());
        List<String> heard = new ArrayList<>();
        live.onReplaced(
                change -> {
                    if (change.in(ChelaConfig::messages)) {
                        heard.add("messages");
                    }
                    if (change.in(ChelaConfig::gateway)) {
                        heard.add("gateway");
                    }
                });
        live.replace(TestConfig.of("{ messages: { queue: { cap: 3 } } }"));
        assertThat(queue.get().cap()).isEqualTo(3);
        assertThat(heard).containsExactly("messages");
    }

    @Test
    void anEqualConfigIsNoNews() {
        LiveConfig live =
                new LiveConfig(TestConfig.of("{ channels: { telegram: { botToken: '1:a' } } }"));
        List<LiveConfig.Change> heard = new ArrayList<>();
        live.onReplaced(heard::add);
        live.replace(TestConfig.of("{ channels: { telegram: { botToken: '1:a' } } }"));
        assertThat(heard).isEmpty();
    }
}
