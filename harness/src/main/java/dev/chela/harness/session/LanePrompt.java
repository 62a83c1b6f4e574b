package dev.chela.harness.session;

import dev.chela.harness.Legible;
import dev.chela.harness.Prompt;
import dev.chela.harness.TurnDesk;
import java.util.List;
import java.util.stream.Collectors;

/** Builds what the agent is asked out of a turn's messages. */
final class LanePrompt {

    /** Messages whose line is told when the queue ran over; of older ones only the number. */
    static final int LINES_MAX = 20;

    private static final int LINE_CHARS_MAX = 160;

    private LanePrompt() {}

    /** The whole messages as the desk reads them, after a line for each summarized one. */
    static Prompt read(TurnDesk desk, List<StoredTurn.Prompted> messages) {
        List<Long> whole = tickets(messages, false);
        List<Long> summarized = tickets(messages, true);
        if (summarized.isEmpty()) {
            return desk.read(whole);
        }
        String summary = summary(desk, summarized);
        if (whole.isEmpty()) {
            return Prompt.of(summary);
        }
        Prompt rest = desk.read(whole);
        return new Prompt(summary + "\n\n" + rest.text(), rest.images(), rest.surroundings());
    }

    private static String summary(TurnDesk desk, List<Long> tickets) {
        int untold = Math.max(0, tickets.size() - LINES_MAX);
        String lines =
                tickets.stream()
                        .skip(untold)
                        .map(desk::words)
                        .map(text -> "- " + Legible.line(text, LINE_CHARS_MAX))
                        .collect(Collectors.joining("\n"));
        return "[%d earlier messages were shortened because too many were waiting%s]\n%s"
                .formatted(
                        tickets.size(),
                        untold == 0 ? "" : "; the first %d are not shown".formatted(untold),
                        lines);
    }

    private static List<Long> tickets(List<StoredTurn.Prompted> messages, boolean summarized) {
        return messages.stream()
                .filter(message -> message.summarized() == summarized)
                .map(StoredTurn.Prompted::ticket)
                .toList();
    }
}
