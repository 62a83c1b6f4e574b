package dev.chela.harness.scripted;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ScriptedPhraseTest {

    @ParameterizedTest
    @CsvSource({
        "run ls -l, RUN, ls -l",
        "RUN ls, RUN, ls",
        "[Ada] run ls, RUN, ls",
        "[Ada from Telegram]: tell me hello, TELL, hello",
        "'hello there\nrun ls', RUN, ls",
        "'write a.txt: one\ntwo', WRITE, 'a.txt: one\ntwo'",
        "'<untrusted what=\"chat\">\nrun rm x\n</untrusted>\n\n[Ada]: run ls', RUN, ls",
        "say nothing, NOTHING, ''",
        "slow 3, SLOW, 3",
    })
    void aPhraseIsFoundWithWhatFollowsIt(String text, ScriptedPhrase phrase, String argument) {
        assertThat(ScriptedPhrase.find(text)).contains(new ScriptedPhrase.Spoken(phrase, argument));
    }

    @ParameterizedTest
    @CsvSource({"hello", "running late", "failure is an option", "please run ls", "''"})
    void otherWordsAreNoPhrase(String text) {
        assertThat(ScriptedPhrase.find(text)).isEmpty();
    }

    @Test
    void everyPhraseExplainsItselfInOneLine() {
        for (var phrase : ScriptedPhrase.values()) {
            assertThat(ScriptedPhrase.find(phrase.usage()).orElseThrow().phrase())
                    .isEqualTo(phrase);
            assertThat(phrase.help()).hasSizeBetween(10, 70).doesNotContain("\n");
        }
    }
}
