package dev.chela.commands.codex;

import dev.chela.commands.Tokens;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What followed a verb: words and options with a value.
 *
 * @param rest the arguments as typed, for verbs that take a message
 */
record Arguments(List<String> words, Map<String, String> options, String rest) {

    Arguments {
        words = List.copyOf(words);
        options = Map.copyOf(options);
    }

    /** Reads {@code text}; empty if anything about it is malformed, surplus or missing. */
    static Optional<Arguments> parse(String text, Subcommand.Syntax syntax) {
        Optional<List<String>> tokens = Tokens.split(text);
        if (tokens.isEmpty()) {
            return syntax.wordsMax() == Integer.MAX_VALUE && !text.isBlank()
                    ? Optional.of(new Arguments(List.of(text), Map.of(), text))
                    : Optional.empty();
        }
        List<String> words = new ArrayList<>();
        Map<String, String> options = new HashMap<>();
        for (int at = 0; at < tokens.get().size(); at++) {
            String token = tokens.get().get(at);
            if (!token.startsWith("--") || syntax.options().isEmpty()) {
                words.add(token);
            } else {
                at++;
                boolean valued = at < tokens.get().size() && !tokens.get().get(at).startsWith("-");
                if (!syntax.options().contains(token)
                        || !valued
                        || options.put(token, tokens.get().get(at)) != null) {
                    return Optional.empty();
                }
            }
        }
        return words.size() < syntax.wordsMin() || words.size() > syntax.wordsMax()
                ? Optional.empty()
                : Optional.of(new Arguments(words, options, text));
    }

    Optional<String> word(int at) {
        return at < words.size() ? Optional.of(words.get(at)) : Optional.empty();
    }

    /** The value of an option under any of its spellings. */
    Optional<String> option(String... spellings) {
        for (String spelling : spellings) {
            if (options.containsKey(spelling)) {
                return Optional.of(options.get(spelling));
            }
        }
        return Optional.empty();
    }
}
