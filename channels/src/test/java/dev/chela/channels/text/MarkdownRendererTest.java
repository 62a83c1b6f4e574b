package dev.chela.channels.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class MarkdownRendererTest {

    @Test
    void inlineMarkupBecomesTelegramTags() {
        assertThat(html("**b** _i_ ~~s~~ `c<` [t](https://x.y?a=1&b=2)"))
                .isEqualTo(
                        "<b>b</b> <i>i</i> <s>s</s> <code>c&lt;</code>"
                                + " <a href=\"https://x.y?a=1&amp;b=2\">t</a>");
    }

    @Test
    void aTerminalShowsWeightsAndAddresses() {
        assertThat(one(Markup.TERMINAL, "**b** `c` [t **u**](https://x.y) https://a.b"))
                .isEqualTo(
                        "\u001B[1mb\u001B[0m \u001B[36mc\u001B[0m \u001B[4mt \u001B[0m"
                                + "\u001B[1;4mu\u001B[0m (https://x.y)"
                                + " \u001B[4mhttps://a.b\u001B[0m");
    }

    @Test
    void noWordsReachATerminalAsAnEscape() {
        assertThat(one(Markup.TERMINAL, "a\u001B[2J &#27;[2J `&#27;` [x](https://a.b/&#27;)"))
                .doesNotContain("\u001B[2J")
                .doesNotContain("&#27;[2J")
                .contains("\uFFFD[2J");
    }

    @Test
    void htmlInTheTextIsShownNotObeyed() {
        assertThat(html("a <b>x</b> & <script>alert(1)</script>"))
                .isEqualTo("a &lt;b&gt;x&lt;/b&gt; &amp; &lt;script&gt;alert(1)&lt;/script&gt;");
    }

    @Test
    void headingsAreBoldAndBlocksAreApart() {
        assertThat(html("# Title\ntext\n\n---\nmore"))
                .isEqualTo("<b>Title</b>\n\ntext\n\n———\n\nmore");
    }

    @Test
    void listsNestWithTheirNumbers() {
        assertThat(html("3. a\n4. b\n   - c\n   - d\n     e"))
                .isEqualTo("3. a\n4. b\n   • c\n   • d\n     e");
    }

    @Test
    void codeBlocksKeepTheirLanguageAndIndentation() {
        assertThat(html("```java\n  int a = 1 < 2;\n```"))
                .isEqualTo("<pre><code class=\"language-java\">  int a = 1 &lt; 2;</code></pre>");
    }

    @Test
    void tablesBecomePreformattedText() {
        assertThat(html("| Name | Qty |\n|--|--|\n| apples | 3 |\n| *figs* | 12 |"))
                .isEqualTo("<pre>Name   | Qty\n-------+----\napples | 3\nfigs   | 12</pre>");
    }

    @Test
    void addressesThatMayNotBeLinksAreWrittenOut() {
        assertThat(html("[f](/src/A.java#L3) [j](javascript:alert(1))"))
                .isEqualTo("f (/src/A.java#L3) j (javascript:alert(1))");
        assertThat(html("see <ws://127.0.0.1:1>")).isEqualTo("see ws://127.0.0.1:1");
        assertThat(html("[x](tg://user?id=1)")).isEqualTo("<a href=\"tg://user?id=1\">x</a>");
    }

    @Test
    void bareAddressesBecomeLinks() {
        assertThat(html("see https://a.b/c_d.")).contains("<a href=\"https://a.b/c_d\">");
    }

    @Test
    void formattingInsideCodeAndCodeInsideFormattingStayValid() {
        assertThat(html("**a `b` c**")).isEqualTo("<b>a </b><code>b</code><b> c</b>");
    }

    @Test
    void quotesAreQuotes() {
        assertThat(html("> a\n>\n> **b**\n\nc"))
                .isEqualTo("<blockquote>a\n\n<b>b</b></blockquote>\n\nc");
    }

    @Test
    void nothingToSeeIsNoMessage() {
        assertThat(telegram(300).render(" \n\u200B\n")).isEmpty();
        assertThat(telegram(300).render("")).isEmpty();
    }

    @Test
    void aFenceThatMustBeCutIsClosedAndReopened() {
        String code = "```py\n" + "print('x')\n".repeat(60) + "```";

        List<RenderedText> pieces = telegram(300).render(code);

        assertThat(pieces).hasSizeGreaterThan(2);
        assertThat(pieces)
                .allSatisfy(
                        piece ->
                                assertThat(piece.markup())
                                        .startsWith("<pre><code class=\"language-py\">print")
                                        .endsWith("('x')</code></pre>"));
    }

    @Test
    void paragraphsAreTheBestPlaceToCut() {
        String first = "a".repeat(100) + "\nsecond line. And more words";
        String text = first + "\n\n" + "b ".repeat(100);

        assertThat(telegram(256).render(text).getFirst().plain()).isEqualTo(first);
    }

    @Test
    void newlineModeCutsAtAnEarlyParagraphToo() {
        MarkdownRenderer renderer =
                new MarkdownRenderer(
                        Markup.TELEGRAM_HTML, new ChunkLimits(256, 100, ChunkMode.NEWLINE));

        assertThat(renderer.render("short\n\n" + "b ".repeat(200)).getFirst().plain())
                .isEqualTo("short");
    }

    @Test
    void aLinkIsNeverCut() {
        String link = "[one two three four](https://example.org/path)";
        String text = "w".repeat(240) + " " + link;

        List<RenderedText> pieces = telegram(256).render(text);

        assertThat(pieces).hasSize(2);
        assertThat(pieces.get(1).markup())
                .isEqualTo("<a href=\"https://example.org/path\">one two three four</a>");
    }

    @Test
    void longAddressesDoNotBreakTheLimit() {
        String address = "https://x.y/" + "&".repeat(400);

        assertThat(telegram(256).render("[t](" + address + ")"))
                .allSatisfy(piece -> assertThat(piece.markup().length()).isLessThanOrEqualTo(256));
    }

    @Test
    void deeplyNestedInputIsAnswered() {
        assertThat(telegram(4000).render(">".repeat(5000) + "deep")).isNotEmpty();
        assertThat(telegram(4000).render("[".repeat(5000) + "deep")).isNotEmpty();
        assertThat(telegram(4000).render("*a ".repeat(5000) + "deep")).isNotEmpty();
    }

    @Test
    void discordGetsItsMarkdownWithoutMentions() {
        assertThat(discord("**b** a*b snake_case @everyone <@12> [t](https://x.y)"))
                .isEqualTo(
                        "**b** a\\*b snake\\_case @\u200Beveryone <\u200B@\u200B12>"
                                + " [t](https://x.y)");
        assertThat(discord("> q\n> r")).isEqualTo("> q\n> r");
        assertThat(discord("```js\na``` b\n```")).startsWith("```js\n").endsWith("\n```");
    }

    @Test
    void discordStopsAtItsSoftLineLimit() {
        MarkdownRenderer renderer =
                new MarkdownRenderer(
                        Markup.DISCORD_MARKDOWN, new ChunkLimits(2000, 17, ChunkMode.LENGTH));

        assertThat(renderer.render("```\n" + "x\n".repeat(40) + "```"))
                .hasSizeGreaterThan(2)
                .allSatisfy(piece -> assertThat(piece.markup().lines().count()).isLessThan(18));
    }

    @Test
    void slackGetsMrkdwnWithoutMentions() {
        assertThat(slack("**b** *i* <!channel> & [t](https://x.y)"))
                .isEqualTo("*b* _i_ &lt;!channel&gt; &amp; <https://x.y|t>");
        assertThat(slack("https://x.y")).isEqualTo("<https://x.y>");
        assertThat(slack("**one**\n**two**")).isEqualTo("*one*\n*two*");
    }

    @Test
    void plainTextKeepsTheAddresses() {
        assertThat(telegram(300).render("**b** [t](https://x.y)").getFirst().plain())
                .isEqualTo("b t (https://x.y)");
    }

    @Test
    void tooSmallLimitsAreRefused() {
        assertThatThrownBy(() -> ChunkLimits.ofChars(10))
                .hasMessageContaining("at least 256 are needed");
    }

    private static String html(String markdown) {
        return one(Markup.TELEGRAM_HTML, markdown);
    }

    private static String discord(String markdown) {
        return one(Markup.DISCORD_MARKDOWN, markdown);
    }

    private static String slack(String markdown) {
        return one(Markup.SLACK_MRKDWN, markdown);
    }

    private static String one(Markup markup, String markdown) {
        List<RenderedText> pieces =
                new MarkdownRenderer(markup, ChunkLimits.ofChars(4000)).render(markdown);
        assertThat(pieces).hasSize(1);
        return pieces.getFirst().markup();
    }

    private static MarkdownRenderer telegram(int maxChars) {
        return new MarkdownRenderer(Markup.TELEGRAM_HTML, ChunkLimits.ofChars(maxChars));
    }
}
