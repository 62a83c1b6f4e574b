package dev.chela.harness.session;

import java.util.Optional;

/**
 * What a new message does to a queue that may be full.
 *
 * @param input the message as it is stored: waiting, or ending because there is no room
 * @param givesWay the older message that makes room, as it is stored from now on
 */
record Overflow(QueuedInput input, Optional<QueuedInput> givesWay) {

    static Overflow none(QueuedInput input) {
        return new Overflow(input, Optional.empty());
    }

    static Overflow of(QueuedInput input, QueueSettings settings, LaneQueue queue) {
        if (queue.waiting() < settings.cap()) {
            return none(input);
        }
        return switch (settings.drop()) {
            case NEW -> none(input.ending(Notices.queueFull(settings.cap())));
            case OLD -> new Overflow(input, oldest(queue).map(one -> one.ending(Notices.DROPPED)));
            case SUMMARIZE -> new Overflow(input, oldest(queue).map(QueuedInput::asSummary));
        };
    }

    /** The oldest whole message; one that the running turn was given may no longer give way. */
    private static Optional<QueuedInput> oldest(LaneQueue queue) {
        return queue.queued().stream().filter(one -> !one.summarized()).findFirst();
    }
}
