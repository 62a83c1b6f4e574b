package dev.chela.config.json5;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The way to a value: {@code agents.list[0].models["openai/gpt-5"].alias}.
 *
 * <p>Keys with other than letters, digits, {@code _}, {@code $} and {@code -} are quoted in
 * brackets.
 */
public record KeyPath(List<String> steps) {

    public static final KeyPath ROOT = new KeyPath(List.of());

    private static final Pattern STEP =
            Pattern.compile(
                    "\\.?([\\p{L}\\p{N}_$*-]+)"
                            + "|\\[(\\d{1,6})]"
                            + "|\\[\"((?:[^\"\\\\]|\\\\.)*)\"]"
                            + "|\\['((?:[^'\\\\]|\\\\.)*)']"
                            + "|\\[([^\\]\"'\\[]+)]");
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}_$-]+");
    private static final Pattern INDEX = Pattern.compile("\\[\\d{1,6}]");

    public KeyPath {
        steps = List.copyOf(steps);
    }

    /**
     * Reads dots and brackets.
     *
     * @throws IllegalArgumentException if the text is no path
     */
    public static KeyPath parse(String text) {
        List<String> steps = new ArrayList<>();
        Matcher matcher = STEP.matcher(text);
        int at = 0;
        while (at < text.length()) {
            if (!matcher.find(at) || matcher.start() != at || (at == 0 && text.startsWith("."))) {
                throw new IllegalArgumentException(
                        "\"" + text + "\" is not a path such as channels.telegram.groups[\"-1\"]");
            }
            steps.add(stepOf(matcher, at == 0, text));
            at = matcher.end();
        }
        return new KeyPath(steps);
    }

    private static String stepOf(Matcher matcher, boolean first, String text) {
        if (matcher.group(1) != null) {
            if (!first && !matcher.group().startsWith(".")) {
                throw new IllegalArgumentException("\"" + text + "\" lacks a dot after a bracket");
            }
            return matcher.group(1);
        }
        if (matcher.group(2) != null) {
            return "[" + matcher.group(2) + "]";
        }
        for (int group = 3; group <= 4; group++) {
            if (matcher.group(group) != null) {
                return matcher.group(group).replaceAll("\\\\(.)", "$1");
            }
        }
        return matcher.group(5);
    }

    public KeyPath key(String key) {
        return plus(key);
    }

    public KeyPath index(int index) {
        return plus("[" + index + "]");
    }

    private KeyPath plus(String step) {
        List<String> next = new ArrayList<>(steps);
        next.add(step);
        return new KeyPath(next);
    }

    /** Whether a step is a position in a list. */
    public static boolean isIndex(String step) {
        return INDEX.matcher(step).matches();
    }

    public static int indexOf(String step) {
        return Integer.parseInt(step.substring(1, step.length() - 1));
    }

    public boolean isRoot() {
        return steps.isEmpty();
    }

    public String last() {
        return steps.getLast();
    }

    public KeyPath parent() {
        return new KeyPath(steps.subList(0, steps.size() - 1));
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (String step : steps) {
            if (isIndex(step)) {
                text.append(step);
            } else if (PLAIN.matcher(step).matches()) {
                text.append(text.isEmpty() ? "" : ".").append(step);
            } else {
                text.append('[').append(Json5Writer.quote(step)).append(']');
            }
        }
        return text.isEmpty() ? "(root)" : text.toString();
    }
}
