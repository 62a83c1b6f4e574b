package dev.chela.harness.codex;

import dev.chela.harness.InputKey;
import dev.chela.harness.Prompt;
import dev.chela.harness.ReplyMode;
import dev.chela.harness.Source;
import dev.chela.harness.TurnContext;
import dev.chela.harness.TurnOutcome;
import dev.chela.harness.TurnRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The one try to get an answer out that an agent wrote where only its message tool is seen. */
final class Reminder {

    private static final String WORDS =
            "Nobody saw your last answer: in this chat only what you send with the message tool of"
                    + " the openclaw namespace (action send) is shown. If the person should read"
                    + " it, send it now; otherwise do nothing.";

    private static final String NOTHING_TO_SAY = "NO_REPLY";

    private Reminder() {}

    /** Whether a person asked, got nothing, and there was something to get. */
    static boolean isDue(TurnContext turn, TurnOutcome.Completed outcome) {
        String text = outcome.text().map(String::strip).orElse("");
        return turn.replyMode() == ReplyMode.MESSAGE_TOOL
                && turn.source().kind() != Source.Kind.INTERNAL
                && !outcome.messageToolUsed()
                && !text.isEmpty()
                && !text.equalsIgnoreCase(NOTHING_TO_SAY);
    }

    static TurnRequest of(TurnRequest request) {
        return new TurnRequest(
                request.turn(),
                new InputKey(request.input().value() + ":reminder"),
                Prompt.of(WORDS),
                request.model());
    }

    /** The first answer, delivered if the second turn delivered something. */
    static TurnOutcome joined(TurnOutcome.Completed first, TurnOutcome second) {
        return switch (second) {
            case TurnOutcome.Completed completed -> {
                List<Path> media = new ArrayList<>(first.media());
                media.addAll(completed.media());
                yield new TurnOutcome.Completed(
                        first.text(), completed.messageToolUsed(), media, first.notice());
            }
            case TurnOutcome.Interrupted interrupted -> interrupted;
            case TurnOutcome.Failed failed -> first;
            case TurnOutcome.Uncertain uncertain -> first;
        };
    }
}
