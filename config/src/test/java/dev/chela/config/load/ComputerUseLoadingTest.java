package dev.chela.config.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.config.ComputerUseConfig;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Computer Use from the config, and from variables where that leaves a key out (harness §16). */
class ComputerUseLoadingTest {

    @Test
    void isOnOnceAnythingOfItIsSet() {
        assertThat(written("", Map.of()).enabled()).isEmpty();
        assertThat(written("autoInstall: true", Map.of()).enabled()).contains(true);
    }

    @Test
    void isFilledUpFromVariablesAndWhatIsWrittenHolds() {
        Map<String, String> variables =
                Map.of(
                        "CHELA_CODEX_COMPUTER_USE_MARKETPLACE_NAME", "local",
                        "OPENCLAW_CODEX_COMPUTER_USE_MARKETPLACE_DISCOVERY_TIMEOUT_MS", "500",
                        "CHELA_CODEX_COMPUTER_USE_PLUGIN_NAME", "another");

        ComputerUseConfig filled = written("pluginName: 'mine'", variables);

        assertThat(filled.enabled()).contains(true);
        assertThat(filled.marketplaceName()).contains("local");
        assertThat(filled.marketplaceDiscoveryTimeout()).hasMillis(500);
        assertThat(filled.pluginName()).isEqualTo("mine");
        assertThat(of("{}", variables).enabled()).contains(true);
        assertThat(of("{}", Map.of("CHELA_CODEX_COMPUTER_USE", "false")).enabled()).contains(false);
    }

    private static ComputerUseConfig written(String keys, Map<String, String> variables) {
        return of(
                "{ plugins: { entries: { codex: { config: { computerUse: { %s } } } } } }"
                        .formatted(keys),
                variables);
    }

    private static ComputerUseConfig of(String text, Map<String, String> variables) {
        return ConfigLoaderTest.loaded(text, variables).plugins().codex().computerUse();
    }
}
