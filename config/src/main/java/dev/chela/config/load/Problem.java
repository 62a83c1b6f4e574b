package dev.chela.config.load;

import dev.chela.config.json5.KeyPath;
import dev.chela.config.json5.Span;
import java.util.ArrayList;
import java.util.List;

/**
 * One thing that is wrong with the config, or that a person should know of.
 *
 * @param suggestions what may have been meant, best first
 */
public record Problem(KeyPath path, String message, Span at, List<String> suggestions) {

    public Problem {
        suggestions = List.copyOf(suggestions);
    }

    public static Problem of(KeyPath path, String message, Span at) {
        return new Problem(path, message, at, List.of());
    }

    /** {@code path: problem (file line N; did you mean "x"?)}. */
    @Override
    public String toString() {
        List<String> hints = new ArrayList<>();
        if (at.line() > 0) {
            hints.add(at.source() + " line " + at.line());
        }
        if (!suggestions.isEmpty()) {
            hints.add("did you mean \"" + String.join("\" or \"", suggestions) + "\"?");
        }
        String tail = hints.isEmpty() ? "" : " (" + String.join("; ", hints) + ")";
        return path + ": " + message + tail;
    }
}
