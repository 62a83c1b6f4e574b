package dev.chela.commands;

import dev.chela.harness.binding.Replacement;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/** Says which input last made a session's thread useless, and when. */
public final class Replacements {

    private Replacements() {}

    /** Empty if the thread is the session's first. */
    public static Optional<String> words(Map<String, String> facts) {
        return Replacement.of(facts)
                .map(
                        last ->
                                last.at()
                                        .map(
                                                at ->
                                                        "%s, %s"
                                                                .formatted(
                                                                        last.input(),
                                                                        at.truncatedTo(
                                                                                ChronoUnit
                                                                                        .SECONDS)))
                                        .orElse(last.input()));
    }
}
