package dev.chela.harness.scripted;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class QuestionAnswerTest {

    @Test
    void anAnswerIsToldInWords() {
        assertThat(QuestionAnswer.told("{\"answers\":{\"choice\":{\"answers\":[\"Red\"]}}}"))
                .isEqualTo("You answered: Red");
    }

    @Test
    void aQuestionThatNobodyAnsweredSaysSo() {
        assertThat(QuestionAnswer.told("{\"answers\":{\"choice\":{\"answers\":[]}}}"))
                .isEqualTo("Nobody answered.");
    }

    @Test
    void whatIsNoAnswerIsShownAsItCame() {
        assertThat(QuestionAnswer.told("request cancelled")).endsWith("request cancelled");
        assertThat(QuestionAnswer.told("[]")).endsWith("[]");
    }
}
