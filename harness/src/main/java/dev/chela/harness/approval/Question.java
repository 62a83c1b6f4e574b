package dev.chela.harness.approval;

import java.util.List;

/**
 * One question of an agent.
 *
 * @param id what the answer is filed under
 * @param freeText whether something other than the options may be answered
 * @param secret whether the answer must not be seen by others; refused in groups
 */
public record Question(
        String id,
        String header,
        String text,
        List<Option> options,
        boolean freeText,
        boolean secret) {

    public Question {
        options = List.copyOf(options);
    }

    /** One of the answers offered. */
    public record Option(String label, String description) {}
}
