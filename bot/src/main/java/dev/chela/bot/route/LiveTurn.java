package dev.chela.bot.route;

import dev.chela.channels.Conversation;
import dev.chela.channels.OutboundMessage;
import dev.chela.channels.delivery.Delivery;
import dev.chela.channels.delivery.Intent;
import dev.chela.channels.delivery.Preview;
import dev.chela.channels.text.Fences;
import dev.chela.commands.Sanitised;
import dev.chela.config.StreamingConfig;
import dev.chela.harness.ReplyMode;
import dev.chela.harness.TurnContext;
import dev.chela.harness.TurnEvent;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One running turn as people see it; called by one thread at a time, the turn's own. */
final class LiveTurn {

    private static final int TITLE_CHARS_MAX = 120;
    private static final String WAITING = "waiting for your answer";
    private static final String WRITING = "✍️ writing the answer";
    private static final int PREVIEW_CHARS_MAX = 3_500;

    /** A platform announces the first words only: one alone says nothing. */
    private static final int FIRST_CHARS_MIN = 24;

    private static final String FENCE_CHARS = "`~";

    private final Delivery delivery;
    private final Conversation place;
    private final TurnContext turn;
    private final StreamingConfig.Mode mode;
    private final Preview preview;
    private final Map<String, String> running = new LinkedHashMap<>();
    private String item = "";
    private final StringBuilder text = new StringBuilder();

    /** Whether the text is a remark that came to its end before the answer. */
    private boolean whole;

    private boolean begun;
    private boolean asked;
    private boolean saidStillWorking;

    LiveTurn(Delivery delivery, Manners manners, Conversation place, TurnContext turn) {
        this.delivery = delivery;
        this.place = place;
        this.turn = turn;
        this.mode = manners.preview(place);
        this.preview = delivery.preview(place, turn.key().value());
    }

    void on(TurnEvent event) {
        switch (event) {
            case TurnEvent.Started started -> {}
            case TurnEvent.InputTaken taken -> {}
            case TurnEvent.Counted counted -> {}
            case TurnEvent.Compacted compacted -> {}
            case TurnEvent.Noted noted -> {}
            case TurnEvent.TextDelta(String of, String more) -> {
                if (!of.equals(item)) {
                    item = of;
                    text.setLength(0);
                }
                text.append(more);
                whole = false;
                show();
            }
            case TurnEvent.TextRetracted(String of) -> {
                if (of.equals(item)) {
                    text.setLength(0);
                    show();
                }
            }
            case TurnEvent.TextCompleted(String of, String said, boolean commentary) -> {
                item = of;
                text.setLength(0);
                text.append(said);
                whole = commentary;
                show();
            }
            case TurnEvent.PeopleAsked(boolean waiting) -> {
                asked = waiting;
                show();
            }
            case TurnEvent.Activity(String of, String title, boolean begun) -> {
                if (begun) {
                    running.put(of, title);
                } else {
                    running.remove(of);
                }
                show();
            }
            case TurnEvent.StillWorking(Duration elapsed, String last) ->
                    stillWorking(elapsed, last);
        }
    }

    /** In tool-only mode the text is private; nothing but typing is seen. */
    private void show() {
        if (turn.replyMode() != ReplyMode.AUTOMATIC || mode == StreamingConfig.Mode.OFF) {
            return;
        }
        String said = newest(visible());
        StringBuilder shown = new StringBuilder(isBusy() ? Fences.closed(said) : said);
        for (String line : work()) {
            shown.append(shown.isEmpty() ? "" : "\n\n").append("⏳ ").append(line);
        }
        begun |=
                mode != StreamingConfig.Mode.PARTIAL
                        || whole
                        || isBusy()
                        || shown.length() >= FIRST_CHARS_MIN;
        if (begun) {
            preview.show(shown.toString());
        }
    }

    private boolean isBusy() {
        return asked || !running.isEmpty();
    }

    /** What runs; while people are asked, it may be the very thing that they are asked about. */
    private List<String> work() {
        if (asked) {
            return List.of(WAITING);
        }
        return running.values().stream()
                .map(title -> Sanitised.code(title, TITLE_CHARS_MAX))
                .toList();
    }

    /** The end of a text that is too long to be shown whole; code stays code. */
    private static String newest(String said) {
        String shown = said.stripTrailing();
        if (shown.length() <= PREVIEW_CHARS_MAX) {
            return shown;
        }
        int from = shown.length() - PREVIEW_CHARS_MAX;
        // Half a fence would be none.
        while (from < shown.length() && FENCE_CHARS.indexOf(shown.charAt(from)) >= 0) {
            from++;
        }
        String fence = Fences.marker(Fences.open(shown.substring(0, from)));
        return (fence.isEmpty() ? "…" : "…\n" + fence + "\n") + shown.substring(from);
    }

    /** What of the growing text the mode shows. */
    private String visible() {
        String said = Foreign.withoutEnvelope(text.toString());
        return switch (mode) {
            case PARTIAL -> said;
            case BLOCK -> said.substring(0, Math.max(0, said.lastIndexOf("\n\n")));
            case PROGRESS -> text.isEmpty() || isBusy() ? "" : WRITING;
            case OFF -> "";
        };
    }

    private void stillWorking(Duration elapsed, String last) {
        if (saidStillWorking) {
            return;
        }
        saidStillWorking = true;
        String done = last.isBlank() ? "" : "; last: " + Sanitised.code(last, TITLE_CHARS_MAX);
        delivery.post(
                Intent.say(
                                "turn:%s:working".formatted(turn.key()),
                                place,
                                OutboundMessage.of(
                                        "Still working after %s%s. `/stop` ends it."
                                                .formatted(Durations.words(elapsed), done)))
                        .duringTurn(turn.key().value()));
    }
}
