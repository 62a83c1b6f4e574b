package dev.chela.config.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Splits a text into words as a POSIX shell would, without expanding anything. */
final class ShellSplit {

    private static final char NONE = 0;

    private ShellSplit() {}

    /** Empty if a quote is not closed. */
    static Optional<List<String>> split(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean inWord = false;
        char quote = NONE;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            boolean escapes = c == '\\' && quote != '\'' && i + 1 < line.length();
            if (escapes) {
                i++;
                word.append(line.charAt(i));
                inWord = true;
            } else if (quote == NONE && (c == '\'' || c == '"')) {
                quote = c;
                inWord = true;
            } else if (c == quote && quote != NONE) {
                quote = NONE;
            } else if (quote == NONE && Character.isWhitespace(c)) {
                if (inWord) {
                    words.add(word.toString());
                    word.setLength(0);
                    inWord = false;
                }
            } else {
                word.append(c);
                inWord = true;
            }
        }
        if (inWord) {
            words.add(word.toString());
        }
        return quote == NONE ? Optional.of(List.copyOf(words)) : Optional.empty();
    }
}
