package dev.chela.channels.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

final class LongTextTest {

    @Test
    void aShortTextIsOnePart() {
        assertThat(LongText.split("hello", 200)).containsExactly("hello");
    }

    @Test
    void aCutCodeBlockIsClosedAndReopenedWithItsLanguage() {
        List<String> parts = LongText.split("```java\n" + "int x;\n".repeat(60) + "```", 200);
        assertThat(parts).hasSizeGreaterThan(2);
        assertThat(parts)
                .allSatisfy(part -> assertThat(part).startsWith("```java\n").endsWith("```"));
    }

    @Property(tries = 300)
    void noPartIsTooLong(@ForAll @StringLength(max = 2_000) String text) {
        assertThat(LongText.split(text, 200)).allMatch(part -> part.length() <= 200);
    }
}
