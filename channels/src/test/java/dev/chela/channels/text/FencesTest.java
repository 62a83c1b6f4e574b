package dev.chela.channels.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FencesTest {

    private static final String ANSWER =
            """
            Look:
            ~~~java
            int tick = '`';
            ```
            ~~~
            and

            ````
            ```
            ````
            done""";

    @Test
    void aGrowingAnswerNeverShowsAFenceThatIsNone() {
        for (int length = 1; length <= ANSWER.length(); length++) {
            List<String> lines = Fences.marked(ANSWER.substring(0, length), " …").lines().toList();

            assertThat(lines.getLast()).as("after %d", length).endsWith("…");
            assertThat(lines).noneMatch(line -> line.matches("\\s*[`~]+[a-z]* …"));
        }
    }

    @Test
    void theMarkStandsBelowClosedCodeAndInOpenCode() {
        assertThat(Fences.marked("```\na\n```", " …")).isEqualTo("```\na\n```\n…");
        assertThat(Fences.marked("```\na", " …")).isEqualTo("```\na …");
        assertThat(Fences.marked("```\na\n``", " …")).isEqualTo("```\na …");
        assertThat(Fences.marked("Look:\n```py", " …")).isEqualTo("Look: …");
        assertThat(Fences.marked("```", " …")).isEqualTo("…");
        assertThat(Fences.marked("call `a`", " …")).isEqualTo("call `a` …");
    }

    @Test
    void openCodeIsClosedAsItWasOpened() {
        assertThat(Fences.closed("~~~~ sh\nls\n~~~")).isEqualTo("~~~~ sh\nls\n~~~\n~~~~");
        assertThat(Fences.closed("```\nls\n````")).isEqualTo("```\nls\n````");
        assertThat(Fences.closed("```one``` line")).isEqualTo("```one``` line");
    }
}
