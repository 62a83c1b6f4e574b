package dev.chela.harness.approval;

import java.util.List;
import java.util.Map;

/** How an approval or question ended. */
public sealed interface Decision {

    /** Somebody chose. */
    record Chosen(Choice choice) implements Decision {}

    /** Somebody answered: question id to answers; an unanswered question has an empty list. */
    record Answered(Map<String, List<String>> answers) implements Decision {

        public Answered {
            answers = Map.copyOf(answers);
        }
    }

    /** Nobody decided in time; counts as a denial, or as empty answers. */
    record TimedOut() implements Decision {}

    /** What asked no longer needs it: the turn ended or was stopped, or a newer question came. */
    record Withdrawn() implements Decision {}

    /** There was nobody to ask; counts as a denial, or as empty answers. */
    record Unroutable() implements Decision {}

    /** Whether the asker may go on. */
    default boolean allows() {
        return this instanceof Chosen(Choice choice) && choice != Choice.DENY;
    }
}
