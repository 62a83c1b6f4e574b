package dev.chela.harness.codex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.harness.kit.Json;
import org.junit.jupiter.api.Test;

class RightsTest {

    /** As Codex 0.169 sends it. */
    @Test
    void aFolderIsNamedOnce() {
        assertThat(
                        words(
                                """
                                {"network":{"enabled":true},"fileSystem":{
                                 "read":["/etc"],"write":["/opt"],
                                 "entries":[
                                  {"path":{"type":"path","path":"/etc"},"access":"read"},
                                  {"path":{"type":"path","path":"/opt"},"access":"write"}]}}
                                """))
                .isEqualTo("network.enabled: true\nfileSystem.read: /etc\nfileSystem.write: /opt");
    }

    @Test
    void whatOnlyAnEntryNamesIsShownToo() {
        assertThat(
                        words(
                                """
                                {"fileSystem":{"read":null,"write":["/opt"],"entries":[
                                 {"path":{"type":"glob_pattern","pattern":"/home/*"},"access":"write"},
                                 {"path":{"type":"special","value":{"kind":"root"}},"access":"read"},
                                 {"path":{"type":"path","path":"/keys"},"access":"deny"}]}}
                                """))
                .isEqualTo(
                        "fileSystem.read: {\"kind\":\"root\"}\nfileSystem.write: /opt, /home/*\n"
                                + "fileSystem.deny: /keys");
    }

    @Test
    void anEntryOfAnotherFormIsShownAsItCame() {
        assertThat(
                        words(
                                "{\"fileSystem\":{\"entries\":[{\"path\":{\"type\":\"new\"},\"access\":\"read\"}]}}"))
                .contains("fileSystem.entries", "\"type\":\"new\"");
    }

    private static String words(String permissions) {
        return Rights.words(Json.parse(permissions));
    }
}
