package dev.chela.config.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chela.config.json5.Json5;
import dev.chela.config.json5.Json5Writer;
import dev.chela.config.json5.KeyPath;
import dev.chela.config.json5.Node;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class TextEditTest {

    private static final String FILE =
            """
            // My bot.
            {
              // The machine.
              gateway: { mode: 'local', port: 18789 }, // default port

              channels: {
                telegram: {
                  allowFrom: [
                    1, // Ann
                    2
                  ],
                  botToken: "${TOKEN}" // from the vault
                },
              },
            }
            """;

    @Test
    void aReplacedValueLeavesEverythingElseAsItWas() {
        assertThat(set(FILE, "gateway.port", "19000")).isEqualTo(FILE.replace("18789", "19000"));
    }

    @Test
    void aNewKeyStandsAtTheEndOfItsObject() {
        assertThat(set(FILE, "channels.telegram.dmPolicy", "'open'"))
                .isEqualTo(
                        FILE.replace(
                                "\"${TOKEN}\" // from the vault\n",
                                "\"${TOKEN}\", // from the vault\n      dmPolicy: \"open\",\n"));
    }

    @Test
    void aNewKeyOfAOneLineObjectStaysOnTheLine() {
        assertThat(set(FILE, "gateway.bind", "'lan'"))
                .isEqualTo(FILE.replace("18789 }", "18789, bind: \"lan\" }"));
    }

    @Test
    void missingObjectsAreMade() {
        assertThat(set(FILE, "messages.queue.cap", "5"))
                .isEqualTo(
                        FILE.replace(
                                "  },\n}\n",
                                "  },\n  messages: {\n    queue: {\n      cap: 5,\n    },\n  },\n}\n"));
    }

    @Test
    void anEntryIsAddedAtTheEndOfAList() {
        assertThat(set(FILE, "channels.telegram.allowFrom[2]", "3"))
                .isEqualTo(FILE.replace("        2\n", "        2,\n        3,\n"));
        assertThatThrownBy(() -> set(FILE, "channels.telegram.allowFrom[7]", "3"))
                .isInstanceOf(EditException.class)
                .hasMessageContaining("use [2]");
    }

    @Test
    void aRemovedKeyTakesItsLineAndItsCommentWithIt() {
        assertThat(unset(FILE, "channels.telegram.botToken"))
                .isEqualTo(FILE.replace("      botToken: \"${TOKEN}\" // from the vault\n", ""));
        assertThat(unset(FILE, "gateway.mode")).isEqualTo(FILE.replace("mode: 'local', ", ""));
        assertThat(unset(FILE, "no.such.key")).isEqualTo(FILE);
    }

    @Test
    void anEmptyObjectGetsLines() {
        assertThat(set("{}", "a.b", "1")).isEqualTo("{\n  a: {\n    b: 1,\n  },\n}");
        assertThat(set("{\n}\n", "a", "1")).isEqualTo("{\n  a: 1,\n}\n");
    }

    /** Whatever the layout, the edited text means the edited tree. */
    @Property(tries = 300)
    void theTextMeansTheEditedTree(
            @ForAll("layouts") String text, @ForAll("paths") String path, @ForAll boolean remove) {
        KeyPath at = KeyPath.parse(path);
        Node value = Json5.parse("{ x: ['y', 1] }", "v");
        if (remove) {
            String edited = TextEdit.unset(text, at);
            assertThat(TreePath.find(Json5.parse(edited, "t"), at)).isEmpty();
        } else {
            String edited = TextEdit.set(text, at, value);
            Node found = TreePath.find(Json5.parse(edited, "t"), at).orElseThrow();
            assertThat(Json5Writer.json(found)).isEqualTo(Json5Writer.json(value));
            assertThat(comments(edited)).containsAll(comments(text));
        }
    }

    private static List<String> comments(String text) {
        return java.util.regex.Pattern.compile("//c\\d|/\\*d\\d\\*/")
                .matcher(text)
                .results()
                .map(java.util.regex.MatchResult::group)
                .toList();
    }

    @Provide
    Arbitrary<String> paths() {
        return Arbitraries.of(
                "a", "b", "c", "n.a", "n.z", "n.m.q", "new.deep.one", "[\"odd key\"]");
    }

    @Provide
    Arbitrary<String> layouts() {
        Arbitrary<String> gap = Arbitraries.of("", " ", "\n", "\n  ", "\n//c1\n", " /*d1*/ ", "\t");
        Arbitrary<String> comma = Arbitraries.of("", ",", ", //c2\n", "\n,", "/*d2*/ ,");
        return net.jqwik.api.Combinators.combine(gap, gap, comma, gap, comma)
                .as(
                        (one, two, inner, three, last) ->
                                "{" + one + "a:" + two + "1," + one + "b" + two + ": 'x'," + three
                                        + "n: {" + two + "a: 2," + one + "m: {" + three + "} "
                                        + inner + three + "}" + last + one + "}");
    }

    private static String set(String text, String path, String value) {
        return TextEdit.set(text, KeyPath.parse(path), Json5.parse(value, "value"));
    }

    private static String unset(String text, String path) {
        return TextEdit.unset(text, KeyPath.parse(path));
    }
}
