package dev.chela.harness.approval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AnswersTest {

    private static final Question COLOUR =
            new Question(
                    "color",
                    "Color",
                    "Which color?",
                    List.of(new Question.Option("Blue", "b"), new Question.Option("Red", "r")),
                    true,
                    false);
    private static final Question NAME =
            new Question("name", "Name", "What name?", List.of(), true, false);

    @Test
    void oneQuestionTakesTheWholeText() {
        assertThat(Answers.parse(List.of(NAME), "Ada\nLovelace"))
                .containsEntry("name", List.of("Ada\nLovelace"));
    }

    @Test
    void aNumberSelectsAnOption() {
        assertThat(Answers.parse(List.of(COLOUR), " 2 ")).containsEntry("color", List.of("Red"));
    }

    @Test
    void aLabelSelectsAnOptionInAnyCase() {
        assertThat(Answers.parse(List.of(COLOUR), "blue")).containsEntry("color", List.of("Blue"));
    }

    @Test
    void anythingElseIsFreeText() {
        assertThat(Answers.parse(List.of(COLOUR), "9")).containsEntry("color", List.of("9"));
    }

    @Test
    void anIdNamesItsQuestion() {
        assertThat(Answers.parse(List.of(COLOUR), "color: 1"))
                .containsEntry("color", List.of("Blue"));
    }

    @Test
    void linesAnswerInOrder() {
        assertThat(Answers.parse(List.of(COLOUR, NAME), "1\n\nAda"))
                .containsEntry("color", List.of("Blue"))
                .containsEntry("name", List.of("Ada"));
    }

    @Test
    void namedLinesGoFirstWhateverTheirPlace() {
        assertThat(Answers.parse(List.of(COLOUR, NAME), "Red\nname: Ada"))
                .containsEntry("color", List.of("Red"))
                .containsEntry("name", List.of("Ada"));
    }

    @Test
    void aMissingLineLeavesItsQuestionUnanswered() {
        assertThat(Answers.parse(List.of(COLOUR, NAME), "1"))
                .containsEntry("color", List.of("Blue"))
                .containsEntry("name", List.of());
    }

    @Test
    void aColonInAnAnswerIsNoName() {
        assertThat(Answers.parse(List.of(NAME), "at 10:30"))
                .containsEntry("name", List.of("at 10:30"));
    }
}
