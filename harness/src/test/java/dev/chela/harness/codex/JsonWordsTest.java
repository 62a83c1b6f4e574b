package dev.chela.harness.codex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.harness.kit.Json;
import org.junit.jupiter.api.Test;

class JsonWordsTest {

    @Test
    void theOrderOfKeysChangesNoDigest() {
        assertThat(JsonWords.canonical(Json.parse("{\"b\":{\"d\":1,\"c\":[2,1]},\"a\":null}")))
                .isEqualTo(
                        JsonWords.canonical(Json.parse("{\"a\":null,\"b\":{\"c\":[2,1],\"d\":1}}")))
                .isNotEqualTo(
                        JsonWords.canonical(
                                Json.parse("{\"a\":null,\"b\":{\"c\":[1,2],\"d\":1}}")));
    }

    @Test
    void longListsAreSampledAndNullsLeftOut() {
        assertThat(
                        JsonWords.sampled(
                                Json.parse(
                                        """
                                        {"network":{"enabled":true},"fileSystem":{"read":null,
                                         "write":["/a","/b","/c","/d","/e","/f","/g"]}}
                                        """)))
                .isEqualTo(
                        "network.enabled: true\n"
                                + "fileSystem.write: /a, /b, /c, /d, /e … and 2 more");
    }
}
