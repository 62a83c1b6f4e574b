package dev.chela.channels.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/**
 * Whatever is written, it arrives: messages of random Markdown, random words and random characters
 * fit their limit, are balanced, and say every word in order.
 */
class MarkdownRendererPropertyTest {

    private static final Pattern TAG = Pattern.compile("<(/?)([a-z]+)(?: [a-z]+=\"[^\"<>]*\")?>");

    private static final Pattern LAST_ADDRESS = Pattern.compile(" \\(https://[^\\s)]*\\)$");

    @Property(tries = 400)
    void everyMessageFitsAndIsBalanced(
            @ForAll("markdown") String text, @ForAll @IntRange(min = 256, max = 4000) int limit) {
        for (RenderedText piece : render(Markup.TELEGRAM_HTML, text, limit)) {
            assertThat(piece.markup().length()).isLessThanOrEqualTo(limit);
            assertThat(piece.plain().length()).isLessThanOrEqualTo(limit);
            assertBalanced(piece.markup());
            assertWholeCharacters(piece.markup());
        }
    }

    @Property(tries = 400)
    void everyWordIsSaidInOrder(
            @ForAll("words") List<String> words, @ForAll("glue") List<String> glue) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < words.size(); i++) {
            text.append(words.get(i)).append(glue.get(i % glue.size()));
        }
        for (Markup markup : Markup.values()) {
            int at = 0;
            String letters = said(render(markup, text.toString(), 256)).replaceAll("\\s", "");
            for (String word : words) {
                int found = letters.indexOf(word, at);
                assertThat(found).as("%s after %s in %s", word, at, letters).isNotNegative();
                at = found + word.length();
            }
        }
    }

    /** Every part of a link that is longer than a message says its address; here it counts once. */
    private static String said(List<RenderedText> pieces) {
        StringBuilder said = new StringBuilder();
        for (int i = 0; i < pieces.size(); i++) {
            String plain = pieces.get(i).plain();
            Matcher address = LAST_ADDRESS.matcher(plain);
            boolean again =
                    address.find()
                            && i + 1 < pieces.size()
                            && pieces.get(i + 1).plain().contains(address.group().strip());
            said.append(again ? plain.substring(0, address.start()) : plain);
        }
        return said.toString();
    }

    @Property(tries = 200)
    void otherPlatformsFitTheirLimitToo(
            @ForAll("markdown") String text, @ForAll @IntRange(min = 256, max = 2000) int limit) {
        for (Markup markup : Markup.values()) {
            assertThat(render(markup, text, limit))
                    .allSatisfy(
                            piece -> {
                                assertThat(piece.markup().length()).isLessThanOrEqualTo(limit);
                                assertThat(piece.markup()).isNotBlank();
                            });
        }
    }

    @Provide
    Arbitrary<String> markdown() {
        Arbitrary<String> bits =
                Arbitraries.of(
                        "**",
                        "*",
                        "_",
                        "~~",
                        "`",
                        "```java\n",
                        "```\n",
                        "\n",
                        "\n\n",
                        "> ",
                        "- ",
                        "1. ",
                        "# ",
                        "| a | b |\n|--|--|\n| c | d |\n",
                        "[t](https://x.y)",
                        "<b>",
                        "&",
                        "<",
                        "\"",
                        "😀",
                        "👩‍👩‍👧",
                        "https://example.org/a_b?c=d&e=f",
                        "    ",
                        "word",
                        "sentence. ",
                        "\uD83D",
                        "![i](http://z)",
                        "\u0000",
                        "漢字",
                        "@everyone");
        Arbitrary<String> runs = Arbitraries.strings().ofMinLength(1).ofMaxLength(600);
        return Arbitraries.oneOf(bits, bits, bits, runs)
                .list()
                .ofMaxSize(120)
                .map(l -> String.join("", l));
    }

    /** Each another one: {@link #said} tells links apart by their addresses. */
    @Provide
    Arbitrary<List<String>> words() {
        return Arbitraries.strings()
                .withCharRange('a', 'z')
                .ofMinLength(3)
                .ofMaxLength(40)
                .list()
                .uniqueElements()
                .ofMinSize(1)
                .ofMaxSize(80);
    }

    @Provide
    Arbitrary<List<String>> glue() {
        return Arbitraries.of(
                        " ",
                        "\n",
                        "\n\n",
                        " **",
                        "** ",
                        " *",
                        "* ",
                        " `",
                        "` ",
                        "\n- ",
                        "\n  - ",
                        "\n1. ",
                        "\n> ",
                        "\n# ",
                        "\n\n```sh\n",
                        "\n```\n\n",
                        "\n|--|--|\n",
                        " | ",
                        "\n\n    ",
                        "](https://",
                        ") [",
                        "[",
                        "<",
                        ">",
                        "~~",
                        "\n---\n",
                        "  \n",
                        ". ")
                .list()
                .ofMinSize(1)
                .ofMaxSize(30);
    }

    private static List<RenderedText> render(Markup markup, String text, int limit) {
        return new MarkdownRenderer(markup, ChunkLimits.ofChars(limit)).render(text);
    }

    private static void assertBalanced(String html) {
        Deque<String> open = new ArrayDeque<>();
        Matcher tags = TAG.matcher(html);
        while (tags.find()) {
            if (tags.group(1).isEmpty()) {
                open.push(tags.group(2));
            } else {
                assertThat(open.poll()).isEqualTo(tags.group(2));
            }
        }
        assertThat(open).isEmpty();
        String rest = tags.replaceAll("");
        assertThat(rest).doesNotContain("<", ">");
        assertThat(rest.replaceAll("&(amp|lt|gt|quot);", "")).doesNotContain("&");
    }

    private static void assertWholeCharacters(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isHighSurrogate(text.charAt(i))) {
                assertThat(i + 1 < text.length() && Character.isLowSurrogate(text.charAt(++i)))
                        .isTrue();
            } else {
                assertThat(Character.isLowSurrogate(text.charAt(i))).isFalse();
            }
        }
    }
}
