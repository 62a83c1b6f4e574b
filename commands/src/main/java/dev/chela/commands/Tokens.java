package dev.chela.commands;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Splits arguments into words as a shell does: quotes group, a backslash escapes the next character
 * except inside single quotes, an empty quoted string is a word (commands §2.1).
 */
public final class Tokens {

    private static final char NONE = '\0';

    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private char quote = NONE;
    private boolean open;

    private Tokens() {}

    /** The words, or nothing when a quote is never closed. */
    public static Optional<List<String>> split(String text) {
        Tokens tokens = new Tokens();
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\\' && tokens.quote != '\'' && at + 1 < text.length()) {
                at++;
                tokens.add(text.charAt(at));
            } else {
                tokens.take(c);
            }
        }
        if (tokens.quote != NONE) {
            return Optional.empty();
        }
        tokens.end();
        return Optional.of(List.copyOf(tokens.words));
    }

    private void take(char c) {
        if (quote != NONE) {
            if (c == quote) {
                quote = NONE;
            } else {
                add(c);
            }
        } else if (c == '\'' || c == '"') {
            quote = c;
            open = true;
        } else if (Character.isWhitespace(c)) {
            end();
        } else {
            add(c);
        }
    }

    private void add(char c) {
        word.append(c);
        open = true;
    }

    private void end() {
        if (open) {
            words.add(word.toString());
            word.setLength(0);
            open = false;
        }
    }
}
