package dev.chela.commands;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SanitisedTest {

    @Test
    void foreignTextMakesNoMentionLinkOrMarkup() {
        assertThat(Sanitised.line("@all [x](http://e.vil) <b>*y*</b>", 100))
                .isEqualTo("\\@all \\[x\\]\\(http://e.vil\\) \\<b\\>\\*y\\*\\</b\\>");
    }

    @Test
    void invisibleCharactersAndLineBreaksBecomeBlanks() {
        assertThat(Sanitised.line("a\u202eb\nc\u200bd", 100)).isEqualTo("a b c d");
    }

    @Test
    void longTextIsCutBetweenCharacters() {
        assertThat(Sanitised.line("😀😀😀", 4)).isEqualTo("😀…");
    }

    @Test
    void aCodeSpanCannotBeLeft() {
        assertThat(Sanitised.code("a`b", 10)).isEqualTo("`a'b`");
    }

    @Test
    void onlyARealThreadIdBecomesACommand() {
        assertThat(Sanitised.resumeCommand("01a1-fb.x:9_"))
                .isEqualTo("`/codex resume 01a1-fb.x:9_`");
        assertThat(Sanitised.resumeCommand("x; rm -rf")).doesNotContain("/codex resume");
    }
}
