package dev.chela.commands;

import java.util.Locale;
import java.util.Set;

/** The plain words that mean {@code /stop} when they are the whole message (commands §3). */
final class StopWords {

    private static final Set<String> WORDS =
            Set.of(
                    "stop",
                    "esc",
                    "abort",
                    "wait",
                    "exit",
                    "interrupt",
                    "halt",
                    "stopp",
                    "stop run",
                    "stop agent",
                    "please stop",
                    "detente",
                    "para",
                    "alto",
                    "arrête",
                    "arrete",
                    "anhalten",
                    "halt an",
                    "pare",
                    "停止",
                    "停下",
                    "やめて",
                    "止めて",
                    "रुको",
                    "توقف",
                    "стоп",
                    "остановись");

    private StopWords() {}

    static boolean matches(String text) {
        String bare = text.strip().replaceFirst("[\\p{Punct}。！？؟।]+$", "").strip();
        return WORDS.contains(bare.toLowerCase(Locale.ROOT));
    }
}
