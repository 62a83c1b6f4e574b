package dev.chela.harness.approval;

import java.util.Locale;
import java.util.Optional;

/** What a person may answer to an approval. */
public enum Choice {
    ALLOW_ONCE("allow-once"),
    ALLOW_ALWAYS("allow-always"),
    DENY("deny");

    private final String word;

    Choice(String word) {
        this.word = word;
    }

    /** The word a person types, {@code allow-once}. */
    public String word() {
        return word;
    }

    /** Reads the words of {@code /approve} and their short forms. */
    public static Optional<Choice> parse(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "allow-once", "allow", "once" -> Optional.of(ALLOW_ONCE);
            case "allow-always", "always" -> Optional.of(ALLOW_ALWAYS);
            case "deny", "reject", "block" -> Optional.of(DENY);
            default -> Optional.empty();
        };
    }
}
