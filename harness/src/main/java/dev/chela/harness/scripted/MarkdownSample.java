package dev.chela.harness.scripted;

/** An answer that uses what a chat can show. */
final class MarkdownSample {

    static final String TEXT =
            """
            ## What a chat can show

            Some **bold**, some *italic*, some ~~struck~~ and `inline code`, \
            and a [link](https://example.org).

            1. first
            2. second
               - nested

            > A quotation.

            | fruit | colour |
            |-------|--------|
            | apple | red    |
            | plum  | blue   |

            ```java
            void main() {
                IO.println("a < b && c > d");
            }
            ```
            """;

    private MarkdownSample() {}
}
