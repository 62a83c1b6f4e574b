package dev.chela.channels.access;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.List;

/**
 * The operator's own words for us: regular expressions that make a group message a mention. RE2
 * syntax, so no pattern can take more than linear time; case is ignored.
 */
public final class MentionPatterns {

    /** Longest text that is searched, in UTF-16 units; the rest cannot mention us. */
    private static final int SEARCHED_MAX_CHARS = 8_000;

    private final List<Pattern> patterns;

    private MentionPatterns(List<Pattern> patterns) {
        this.patterns = List.copyOf(patterns);
    }

    public static MentionPatterns none() {
        return new MentionPatterns(List.of());
    }

    /**
     * Compiles the patterns.
     *
     * @throws IllegalArgumentException naming the pattern that RE2 does not take
     */
    public static MentionPatterns compile(List<String> expressions) {
        List<Pattern> compiled = new ArrayList<>();
        for (String expression : expressions) {
            try {
                compiled.add(Pattern.compile(expression, Pattern.CASE_INSENSITIVE));
            } catch (PatternSyntaxException broken) {
                throw new IllegalArgumentException(
                        "mention pattern '%s' is no RE2 expression: %s"
                                .formatted(expression, broken.getMessage()),
                        broken);
            }
        }
        return new MentionPatterns(compiled);
    }

    boolean foundIn(String text) {
        String searched =
                text.length() <= SEARCHED_MAX_CHARS ? text : text.substring(0, SEARCHED_MAX_CHARS);
        return patterns.stream().anyMatch(pattern -> pattern.matcher(searched).find());
    }
}
