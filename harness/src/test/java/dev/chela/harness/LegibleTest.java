package dev.chela.harness;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LegibleTest {

    @Test
    void coloursAndInvisibleCharactersGo() {
        assertThat(Legible.line("\u001b[1;31mrm\u001b[0m \u202e-rf\u200b\n/", 80))
                .isEqualTo("rm -rf /");
    }

    @Test
    void aBlockKeepsItsLines() {
        assertThat(Legible.block(" a\nb\u0007 ", 80)).isEqualTo("a\nb");
    }

    @Test
    void aCutNeverSplitsACharacter() {
        assertThat(Legible.line("ab😀cd", 4)).isEqualTo("ab…");
    }

    @Test
    void aRedactedBlockKeepsItsLinesAndNoCredential() {
        assertThat(Legible.redactedBlock("a\npassword=s3cret\n" + "b".repeat(100), 40))
                .startsWith("a\npassword=***\nbbb")
                .hasSize(40)
                .endsWith("…");
    }

    @Test
    void credentialsAreReplaced() {
        assertThat(
                        Legible.redacted(
                                "Authorization: Bearer abc.def token=s3cret sk-abcdefgh12 ok", 200))
                .contains("***", "ok")
                .doesNotContain("abc.def", "s3cret", "sk-abc");
    }
}
