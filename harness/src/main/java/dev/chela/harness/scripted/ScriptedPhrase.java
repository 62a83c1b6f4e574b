package dev.chela.harness.scripted;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The phrases a scripted model reacts to; everything else it echoes. */
public enum ScriptedPhrase {
    RUN("run", "run <command>", "runs a shell command in the workspace and reports its output"),
    WRITE("write", "write <file>: <text>", "writes a file in the workspace with a patch"),
    TELL("tell me", "tell me <text>", "sends the text here with the message tool"),
    SEND("send", "send <text>", "the same as tell me"),
    APPROVAL("ask approval", "ask approval [command]", "wants a command approved before it runs"),
    QUESTION("ask me", "ask me [question]", "asks you a question with two choices"),
    FAIL("fail", "fail [quota|rate|busy|full|status]", "lets the model fail in that way"),
    SLOW("slow", "slow [seconds]", "streams an answer over that many seconds, at most 600"),
    THINK("think", "think [about]", "shows reasoning before the answer"),
    SEARCH("search tool", "search tool <words>", "looks for a deferred tool and calls the first"),
    CALL("call", "call <tool> <json>", "calls any tool by its name, namespace.name if it has one"),
    TWICE("call twice", "call twice <tool> <json>", "calls a tool two times at once"),
    CUT("cut", "cut", "breaks the model's stream in mid-sentence"),
    TWO_ANSWERS("two answers", "two answers", "gives a remark first and the answer after it"),
    MARKDOWN("markdown", "markdown", "answers with headings, a list, a table and code"),
    LONG("long", "long [characters]", "answers with that many characters, at most 200000"),
    NOTHING("say nothing", "say nothing", "ends the turn without a word"),
    HELP("phrases", "phrases", "lists these phrases");

    private static final Pattern LABEL = Pattern.compile("^\\[[^\\]\\n]{1,200}]:?\\s+");

    private static final Pattern UNTRUSTED =
            Pattern.compile("<untrusted[^>]*>.*?</untrusted>", Pattern.DOTALL);

    private static final List<ScriptedPhrase> LONGEST_FIRST =
            Arrays.stream(values())
                    .sorted(Comparator.comparingInt(p -> -p.words.length()))
                    .toList();

    private final String words;
    private final String usage;
    private final String help;

    ScriptedPhrase(String words, String usage, String help) {
        this.words = words;
        this.usage = usage;
        this.help = help;
    }

    /** How it is written, {@code run <command>}. */
    public String usage() {
        return usage;
    }

    /** One line saying what happens. */
    public String help() {
        return help;
    }

    /** A phrase and what follows it. */
    public record Spoken(ScriptedPhrase phrase, String argument) {}

    /**
     * The phrase a message begins with, else the one its last such line begins with. A sender's
     * label in square brackets before it is passed over, and so is text fenced as untrusted.
     */
    public static Optional<Spoken> find(String message) {
        var trusted = UNTRUSTED.matcher(message).replaceAll("");
        var whole = at(trusted);
        if (whole.isPresent()) {
            return whole;
        }
        return trusted.lines()
                .map(ScriptedPhrase::at)
                .flatMap(Optional::stream)
                .reduce((first, second) -> second);
    }

    private static Optional<Spoken> at(String text) {
        var bare = LABEL.matcher(text.strip()).replaceFirst("");
        var lower = bare.toLowerCase(Locale.ROOT);
        for (var phrase : LONGEST_FIRST) {
            if (lower.startsWith(phrase.words) && endsThere(bare, phrase.words.length())) {
                var argument = bare.substring(phrase.words.length()).strip();
                return Optional.of(new Spoken(phrase, argument));
            }
        }
        return Optional.empty();
    }

    private static boolean endsThere(String text, int end) {
        return end == text.length() || Character.isWhitespace(text.charAt(end));
    }
}
