package dev.chela.channels.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

final class MarkdownTreeTest {

    private static final Set<String> TAGS =
            Set.of(
                    "p",
                    "h1",
                    "h2",
                    "h3",
                    "h4",
                    "h5",
                    "h6",
                    "blockquote",
                    "ul",
                    "ol",
                    "li",
                    "hr",
                    "br",
                    "em",
                    "strong",
                    "del",
                    "code",
                    "pre",
                    "a",
                    "table",
                    "thead",
                    "tbody",
                    "tr",
                    "th",
                    "td");

    @Test
    void wordsAndEmphasisBecomeElements() {
        assertThat(MarkdownTree.of("one **two**"))
                .hasToString("[[\"p\",{},\"one \",[\"strong\",{},\"two\"]]]");
    }

    @Test
    void aCodeBlockKeepsItsLanguageAndItsText() {
        assertThat(MarkdownTree.of("```java x\na < b\n```"))
                .hasToString("[[\"pre\",{\"language\":\"java\"},\"a < b\\n\"]]");
    }

    @Test
    void tableCellsKnowTheirAlignment() {
        assertThat(MarkdownTree.of("|a|\n|--:|\n|1|").toString())
                .contains("[\"th\",{\"align\":\"right\"},\"a\"]");
    }

    @Test
    void aTightListHasNoParagraphs() {
        assertThat(MarkdownTree.of("- a\n- b").toString())
                .isEqualTo("[[\"ul\",{},[\"li\",{},\"a\"],[\"li\",{},\"b\"]]]");
    }

    @Test
    void rawHtmlIsWords() {
        assertThat(MarkdownTree.of("<script>x</script>"))
                .hasToString("[[\"p\",{},\"<script>x</script>\"]]");
    }

    @Test
    void onlyHarmlessLinksAreLinks() {
        for (String target :
                List.of(
                        "javascript:x",
                        "JAVASCRIPT:x",
                        "data:text/html,x",
                        "vbscript:x",
                        "/web",
                        "x")) {
            assertThat(MarkdownTree.of("[t](" + target + ")").toString()).doesNotContain("\"a\"");
        }
        for (String target :
                List.of("https://a.example/", "http://a.example", "mailto:a@b.example")) {
            assertThat(MarkdownTree.of("[t](" + target + ")").toString()).contains("\"a\"");
        }
    }

    @Test
    void aPictureFromElsewhereIsOnlyALink() {
        assertThat(MarkdownTree.of("![alt](https://a.example/x.png)"))
                .hasToString("[[\"p\",{},[\"a\",{\"href\":\"https://a.example/x.png\"},\"alt\"]]]");
    }

    @Test
    void depthIsBounded() {
        String deep = ">".repeat(20_000) + "*".repeat(20_000) + "[".repeat(10_000) + " x";
        assertThat(depthOf(MarkdownTree.of(deep))).isLessThan(150);
        String emphasis = "*a **b ".repeat(2_000) + "** *".repeat(2_000);
        assertThat(depthOf(MarkdownTree.of(emphasis))).isLessThan(150);
    }

    @Property(tries = 300)
    void onlyKnownElementsLeave(@ForAll @StringLength(max = 300) String text) {
        List<String> tags = new ArrayList<>();
        collect(MarkdownTree.of("<" + text + "\n\n[x](" + text + ")"), tags);
        assertThat(TAGS).containsAll(tags);
    }

    private static void collect(JsonNode children, List<String> tags) {
        for (JsonNode child : children) {
            if (child.isArray()) {
                tags.add(child.get(0).asText());
                collect(child, tags);
            }
        }
    }

    private static int depthOf(JsonNode node) {
        int deepest = 0;
        for (JsonNode child : node) {
            deepest = Math.max(deepest, child.isArray() ? depthOf(child) + 1 : 0);
        }
        return deepest;
    }
}
