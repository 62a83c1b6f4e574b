package dev.chela.harness.approval;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a chat message as the answers to an agent's questions. */
final class Answers {

    private static final int ANSWER_CHARS_MAX = 16_000;
    private static final Pattern NAMED =
            Pattern.compile("\\s*([^:=\\s][^:=]{0,63}?)\\s*[:=]\\s*(.*)");

    private Answers() {}

    /**
     * One question takes the whole text. Several take it line by line: {@code id: value} names its
     * question, other lines go to the questions not yet answered, in order. A number or a label
     * selects an option.
     */
    static Map<String, List<String>> parse(List<Question> questions, String text) {
        Map<String, List<String>> answers = none(questions);
        if (questions.size() == 1) {
            Question only = questions.getFirst();
            String value = named(questions, text).map(Named::value).orElse(text);
            put(answers, only, value);
            return answers;
        }
        List<String> unnamed = new ArrayList<>();
        Deque<Question> waiting = new ArrayDeque<>(questions);
        for (String line : text.lines().filter(line -> !line.isBlank()).toList()) {
            Optional<Named> named = named(questions, line);
            if (named.isPresent()) {
                put(answers, named.get().question(), named.get().value());
                waiting.remove(named.get().question());
            } else {
                unnamed.add(line);
            }
        }
        for (String line : unnamed) {
            if (!waiting.isEmpty()) {
                put(answers, waiting.removeFirst(), line);
            }
        }
        return answers;
    }

    /** Every question unanswered. */
    static Map<String, List<String>> none(List<Question> questions) {
        Map<String, List<String>> answers = new LinkedHashMap<>();
        questions.forEach(question -> answers.put(question.id(), List.of()));
        return answers;
    }

    private static void put(Map<String, List<String>> answers, Question question, String value) {
        String stripped = value.strip();
        if (!stripped.isEmpty()) {
            answers.put(question.id(), List.of(select(question, stripped)));
        }
    }

    private static String select(Question question, String value) {
        List<Question.Option> options = question.options();
        if (value.matches("\\d{1,3}")) {
            int number = Integer.parseInt(value);
            if (number >= 1 && number <= options.size()) {
                return options.get(number - 1).label();
            }
        }
        return options.stream()
                .map(Question.Option::label)
                .filter(label -> label.strip().equalsIgnoreCase(value))
                .findFirst()
                .orElse(
                        value.length() <= ANSWER_CHARS_MAX
                                ? value
                                : value.substring(0, ANSWER_CHARS_MAX));
    }

    private static Optional<Named> named(List<Question> questions, String line) {
        Matcher matcher = NAMED.matcher(line);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String name = matcher.group(1).toLowerCase(Locale.ROOT);
        return questions.stream()
                .filter(
                        question ->
                                question.id().toLowerCase(Locale.ROOT).equals(name)
                                        || question.header().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .map(question -> new Named(question, matcher.group(2)));
    }

    private record Named(Question question, String value) {}
}
