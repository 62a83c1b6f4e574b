package dev.chela.harness.computeruse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.harness.appserver.protocol.PluginSummary;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which marketplace is meant when several have the plugin. */
class SearchTest {

    @Test
    void openAisOwnGoBeforeLocalOnes() {
        assertThat(chosen(at("local"), at("openai-curated"), at("openai-bundled"), at("x")))
                .isEqualTo("openai-bundled");
        assertThat(chosen(at("x"), at("local"), at("openai-curated"))).isEqualTo("openai-curated");
        assertThat(chosen(at("x"), at("local"))).isEqualTo("local");
        assertThat(chosen(at("x"))).isEqualTo("x");
    }

    @Test
    void anythingElseIsNotGuessed() {
        assertThat(Search.among(List.of(at("x"), at("y")), 0))
                .isEqualTo(new Search.Ambiguous(List.of("x", "y")));
        assertThat(Search.among(List.of(at("local"), at("local")), 0))
                .isEqualTo(new Search.Ambiguous(List.of("local", "local")));
        assertThat(Search.among(List.of(), 2)).isEqualTo(new Search.Nothing(2));
    }

    @Test
    void whatIsThereGoesBeforeWhatWouldHaveToBeInstalled() {
        assertThat(chosen(at("openai-bundled"), at("x", true, false))).isEqualTo("x");
        assertThat(chosen(at("openai-bundled", true, false), at("x", true, true))).isEqualTo("x");
        assertThat(chosen(at("local", true, true), at("x", true, true))).isEqualTo("local");
    }

    private static String chosen(Found... all) {
        return ((Search.Hit) Search.among(List.of(all), 0)).found().marketplace();
    }

    private static Found at(String marketplace) {
        return at(marketplace, false, false);
    }

    private static Found at(String marketplace, boolean installed, boolean enabled) {
        return new Found(
                marketplace,
                Optional.of("/m"),
                new PluginSummary(
                        "computer-use@" + marketplace,
                        "computer-use",
                        installed,
                        enabled,
                        "AVAILABLE",
                        null));
    }
}
