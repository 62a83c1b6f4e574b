package dev.chela.config.load;

import dev.chela.config.json5.KeyPath;
import dev.chela.config.json5.Node;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong (at most 200 things) and what is only worth a warning. */
final class Problems {

    private static final int PROBLEMS_MAX = 200;

    private final List<Problem> errors = new ArrayList<>();
    private final List<Problem> warnings = new ArrayList<>();

    void error(KeyPath path, String message, Node at) {
        error(Problem.of(path, message, at.span()));
    }

    void error(Problem problem) {
        if (errors.size() < PROBLEMS_MAX) {
            errors.add(problem);
        }
    }

    void warning(KeyPath path, String message, Node at) {
        if (warnings.size() < PROBLEMS_MAX) {
            warnings.add(Problem.of(path, message, at.span()));
        }
    }

    boolean none() {
        return errors.isEmpty();
    }

    List<Problem> errors() {
        return List.copyOf(errors);
    }

    List<Problem> warnings() {
        return List.copyOf(warnings);
    }
}
