package dev.chela.harness.session;

import dev.chela.harness.InputEnd;
import dev.chela.harness.InputKey;
import dev.chela.harness.ReplyMode;
import dev.chela.harness.Source;
import java.time.Instant;
import java.util.Optional;

/**
 * One message that has no turn yet.
 *
 * @param inputKey under which it was given to the running turn, while it is parked
 * @param summarized whether the queue overflowed onto it: only a line of it reaches the agent
 * @param urgent whether it is a {@code /steer}: no quiet window, no waiting behind others
 * @param ambient whether it is talk in a room that is only watched
 * @param end why it ends without a turn, while its desk has not yet taken that
 */
record QueuedInput(
        long ticket,
        State state,
        Optional<InputKey> inputKey,
        boolean summarized,
        boolean urgent,
        Source source,
        ReplyMode replyMode,
        QueueOverride queue,
        Optional<String> model,
        Instant submittedAt,
        boolean ambient,
        Optional<InputEnd> end) {

    /** How far it is. */
    enum State {
        QUEUED,
        PARKED,
        ENDING
    }

    static QueuedInput of(Submission submission, boolean urgent, Instant now) {
        return new QueuedInput(
                submission.ticket(),
                State.QUEUED,
                Optional.empty(),
                false,
                urgent,
                submission.source(),
                submission.replyMode(),
                submission.queue().orElse(QueueOverride.none()),
                submission.model(),
                now,
                submission.ambient(),
                Optional.empty());
    }

    boolean isQueued() {
        return state == State.QUEUED;
    }

    boolean isParked() {
        return state == State.PARKED;
    }

    QueuedInput parked(InputKey key) {
        return with(State.PARKED, Optional.of(key), summarized, Optional.empty());
    }

    QueuedInput unparked() {
        return with(State.QUEUED, Optional.empty(), summarized, Optional.empty());
    }

    QueuedInput asSummary() {
        return with(state, inputKey, true, end);
    }

    QueuedInput ending(InputEnd why) {
        return with(State.ENDING, Optional.empty(), summarized, Optional.of(why));
    }

    /**
     * Whether it may share a turn with {@code other}: same conversation, same way to answer, and
     * nobody gains an owner's rights through company.
     */
    boolean sharesTurnWith(QueuedInput other) {
        return source.token().equals(other.source.token())
                && source.owner() == other.source.owner()
                && replyMode == other.replyMode
                && model.equals(other.model);
    }

    private QueuedInput with(
            State newState, Optional<InputKey> key, boolean summary, Optional<InputEnd> why) {
        return new QueuedInput(
                ticket,
                newState,
                key,
                summary,
                urgent,
                source,
                replyMode,
                queue,
                model,
                submittedAt,
                ambient,
                why);
    }
}
