package dev.chela.config.json5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Goal: JSON5 as json5.org says it, and a place for every value. */
class Json5Test {

    @Test
    void readsEverythingTheStandardShows() {
        String text =
                """
                // comments
                {
                  unquoted: 'and you can quote me on that',
                  singleQuotes: 'I can use "double quotes" here',
                  lineBreaks: "Look, Mom! \\
                No \\\\n's!",
                  hexadecimal: 0xdecaf,
                  leadingDecimalPoint: .8675309, andTrailing: 8675309.,
                  positiveSign: +1,
                  trailingComma: 'in objects', andIn: ['arrays',],
                  "backwardsCompatible": "with JSON",
                }
                """;
        assertThat(Json5Writer.json(Json5.parse(text, "t")))
                .isEqualToNormalizingNewlines(
                        """
                        {
                          "unquoted": "and you can quote me on that",
                          "singleQuotes": "I can use \\"double quotes\\" here",
                          "lineBreaks": "Look, Mom! No \\\\n's!",
                          "hexadecimal": 912559,
                          "leadingDecimalPoint": 0.8675309,
                          "andTrailing": 8675309.0,
                          "positiveSign": 1,
                          "trailingComma": "in objects",
                          "andIn": [
                            "arrays"
                          ],
                          "backwardsCompatible": "with JSON"
                        }""");
    }

    @Test
    void readsEveryEscape() {
        Node node = Json5.parse("'\\x41\\u0042\\b\\f\\n\\r\\t\\v\\0\\'\\\"\\\\\\q'", "t");
        assertThat(((Node.Text) node).value()).isEqualTo("AB\b\f\n\r\t\u000B\0'\"\\q");
    }

    @Test
    void knowsTheLineOfEveryValue() {
        Node.Obj root = (Node.Obj) Json5.parse("{\n a: 1, /* \n */ b:\n  [2,\n 3] }", "t");
        assertThat(root.get("a").orElseThrow().span().line()).isEqualTo(2);
        assertThat(root.member("b").orElseThrow().keySpan().line()).isEqualTo(3);
        Node.Arr list = (Node.Arr) root.get("b").orElseThrow();
        assertThat(list.items().get(1).span().line()).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {a: 1 b: 2}     | expected , or }, found 'b'
                    {a: tru}        | expected a value, found tru (texts need quotes)
                    {a: 1} x        | found 'x' after the end
                    {a:1,a:2}       | the key "a" is there twice
                    {a: 01}         | a number may not begin with 0
                    {a: Infinity}   | expected a value, found Infinity (texts need quotes)
                    {a: 'x          | the text that begins here is not closed on its line
                    {a: 1 /* x }    | the comment that begins here is not closed
                    {a               | expected :, found the end of the file
                    {a: 1px}        | expected the end of the number, found 'p'
                    [1,,2]          | expected a value, found ','
                    {a: "\\xZZ"}    | expected 2 hexadecimal digits, found 'Z'
                    """)
    void saysWhatIsWrong(String text, String message) {
        assertThatThrownBy(() -> Json5.parse(text, "t"))
                .isInstanceOf(Json5Exception.class)
                .hasMessage(message);
    }

    @Test
    void refusesToNestForEver() {
        assertThatThrownBy(() -> Json5.parse("[".repeat(100_000), "t"))
                .isInstanceOf(Json5Exception.class)
                .hasMessageContaining("nested");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "channels.telegram.botToken",
                "agents.list[0].models[\"openai/gpt-5\"].alias",
                "channels.telegram.groups[\"a.b]\\\"c\"]"
            })
    void pathsAreReadAndWrittenAlike(String path) {
        assertThat(KeyPath.parse(path)).hasToString(path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a..b", ".a", "a[", "a[\"b", "a]b", "a b"})
    void badPathsAreRefused(String path) {
        assertThatThrownBy(() -> KeyPath.parse(path)).isInstanceOf(IllegalArgumentException.class);
    }
}
