package dev.chela.commands;

import dev.chela.commands.CommandSpec.Kind;
import dev.chela.commands.Reading.Found;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds commands in a message (commands §1.1, §1.2). Pure. */
public final class CommandLine {

    private static final Pattern HEAD =
            Pattern.compile("^/([A-Za-z][A-Za-z0-9_-]{0,31})(?=[\\s:]|$):?\\s*", Pattern.DOTALL);
    private static final Pattern INSIDE =
            Pattern.compile("(?<=^|\\s)/([A-Za-z][A-Za-z0-9_-]{0,31})(?=[\\s:]|$):?");

    private final CommandRegistry registry;

    public CommandLine(CommandRegistry registry) {
        this.registry = registry;
    }

    /**
     * Reads a message.
     *
     * @param text what was typed, mention of us already stripped
     * @param authorized whether the sender may use commands; others' directives stay plain text
     */
    public Reading read(String text, boolean authorized) {
        String message = text.strip();
        if (authorized && StopWords.matches(message)) {
            Optional<Command> stop = registry.find("stop");
            if (stop.isPresent()) {
                return new Reading.Standalone(new Found(stop.get(), ""));
            }
        }
        Matcher head = HEAD.matcher(message);
        if (head.find()) {
            Optional<Command> command = registry.find(nameOf(head.group(1)));
            if (command.isEmpty()) {
                return new Reading.UnknownCommand(head.group(1));
            }
            if (command.get().spec().kind() == Kind.STANDALONE) {
                return new Reading.Standalone(
                        new Found(command.get(), message.substring(head.end()).strip()));
            }
        }
        return authorized ? prose(message) : new Reading.Prose(message, List.of(), List.of());
    }

    private Reading prose(String message) {
        List<Found> directives = new ArrayList<>();
        List<Found> shortcuts = new ArrayList<>();
        StringBuilder rest = new StringBuilder();
        Matcher inside = INSIDE.matcher(message);
        int copied = 0;
        while (inside.find()) {
            if (inside.start() < copied) {
                continue;
            }
            Optional<Command> command = registry.find(nameOf(inside.group(1)));
            if (command.isEmpty() || command.get().spec().kind() == Kind.STANDALONE) {
                continue;
            }
            rest.append(message, copied, inside.start());
            copied = inside.end();
            if (command.get() instanceof Directive directive) {
                Words own = Words.of(message, copied);
                int count =
                        inside.start() == 0 && own.isOneWordTo(message.length())
                                ? 1
                                : directive.takes(own.words());
                directives.add(new Found(directive, own.first(count)));
                copied = own.endOf(count);
            } else {
                shortcuts.add(new Found(command.get(), ""));
            }
        }
        rest.append(message.substring(copied));
        String text = rest.toString().strip();
        return new Reading.Prose(text, directives, shortcuts);
    }

    /** Telegram's menu knows no hyphens; both spellings mean the same command. */
    private String nameOf(String typed) {
        return registry.find(typed).isPresent() ? typed : typed.replace('_', '-');
    }

    /** The words of one line from a position on, with where each of them ends. */
    private record Words(List<String> words, List<Integer> ends, int from) {

        private static final Pattern WORD = Pattern.compile("\\G[ \\t]*([^\\s]+)");

        static Words of(String text, int from) {
            List<String> words = new ArrayList<>();
            List<Integer> ends = new ArrayList<>();
            Matcher word = WORD.matcher(text);
            int at = from;
            while (word.find(at)) {
                words.add(word.group(1));
                ends.add(word.end());
                at = word.end();
            }
            return new Words(words, ends, from);
        }

        /** Whether nothing but one word stands there: then it is no prose but an argument. */
        boolean isOneWordTo(int end) {
            return words.size() == 1 && ends.getFirst() == end;
        }

        String first(int count) {
            return String.join(" ", words.subList(0, Math.min(count, words.size())));
        }

        int endOf(int count) {
            return count == 0 || ends.isEmpty() ? from : ends.get(Math.min(count, ends.size()) - 1);
        }
    }
}
