package dev.chela.channels.delivery;

import dev.chela.channels.Sent;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** What follows from a platform's answer: a pure function of the row, the answer and the rules. */
sealed interface Next {

    record Arrived(String messageId) implements Next {}

    /** Certainly not there: try again after a pause. */
    record Again(Duration pause) implements Next {}

    /** Perhaps there: ask the platform after a pause. */
    record Ask(Duration pause) implements Next {}

    /** The edit of a preview was refused: say it as a message of its own. */
    record AsSend() implements Next {}

    /** Nobody can tell. */
    record Lost(String reason) implements Next {}

    /** Certainly not there, and given up. */
    record Failed(String reason, boolean permanent) implements Next {}

    int ASKED_MAX = 3;

    /** After a call. {@code row} counts the attempt that was just made. */
    static Next afterCall(
            OutboxRow row,
            Sent sent,
            boolean askable,
            DeliveryRules rules,
            RandomGenerator random) {
        return switch (sent) {
            case Sent.Acknowledged(String id) ->
                    new Arrived(id.isEmpty() ? row.target().orElse("") : id);
            case Sent.TryAgain(Duration after, String reason) ->
                    again(row, after, reason, rules, random);
            case Sent.Refused(String reason) ->
                    row.endsPreview() && row.action() == OutboxRow.Action.EDIT
                            ? new AsSend()
                            : new Failed(reason, true);
            case Sent.Unknown(String reason) -> {
                if (row.repeatable() || row.isPrompt() && !askable) {
                    yield again(row, Duration.ZERO, reason, rules, random);
                }
                yield askable ? new Ask(Duration.ZERO) : new Lost(reason);
            }
            case Sent.Unsupported() ->
                    new Failed("unsupported on " + row.conversation().channel(), true);
        };
    }

    /** After asking whether a send arrived, for the {@code asked}th time. */
    static Next afterAsking(
            OutboxRow row, Sent answer, int asked, DeliveryRules rules, RandomGenerator random) {
        return switch (answer) {
            case Sent.Acknowledged(String id) -> new Arrived(id);
            case Sent.TryAgain(Duration after, String reason) ->
                    again(row, after, reason, rules, random);
            case Sent.Refused(String reason) -> new Failed(reason, true);
            case Sent.Unknown(String reason) ->
                    asked < ASKED_MAX
                            ? new Ask(rules.pauseAfter(asked, random).orElse(rules.delayMax()))
                            : new Lost(reason);
            case Sent.Unsupported() -> new Lost("the platform cannot be asked");
        };
    }

    private static Next again(
            OutboxRow row,
            Duration after,
            String reason,
            DeliveryRules rules,
            RandomGenerator random) {
        if (row.isAck()) {
            return new Failed(reason, false);
        }
        Optional<Duration> pause = rules.pauseAfter(Math.max(1, row.attempts()), random);
        if (pause.isEmpty()) {
            return new Failed(
                    "given up after %d attempts: %s".formatted(row.attempts(), reason), false);
        }
        return new Again(pause.get().compareTo(after) < 0 ? after : pause.get());
    }
}
