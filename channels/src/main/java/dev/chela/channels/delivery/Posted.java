package dev.chela.channels.delivery;

import java.util.List;
import java.util.Optional;

/**
 * What became of an intent so far.
 *
 * @param messageIds the platform's ids of the parts that arrived, in order
 * @param reason why it is unknown or failed
 */
public record Posted(String intent, State state, List<String> messageIds, Optional<String> reason) {

    /** Where an intent stands; the worst of its parts. */
    public enum State {
        /** Stored, and on its way. */
        WAITING,
        DELIVERED,
        /** Nobody can tell whether it arrived. It is not sent again by itself. */
        UNKNOWN,
        /** It did not arrive, at least not all of it. */
        FAILED
    }

    public Posted {
        messageIds = List.copyOf(messageIds);
    }

    static Posted of(String intent, List<OutboxRow> parts) {
        List<String> ids =
                parts.stream().flatMap(part -> part.messageId().stream()).distinct().toList();
        State state = State.DELIVERED;
        Optional<String> reason = Optional.empty();
        for (OutboxRow part : parts) {
            State one = of(part.state());
            if (one.ordinal() > state.ordinal() || one == State.WAITING) {
                state = one;
                reason = part.reason();
            }
            if (one == State.WAITING) {
                break;
            }
        }
        return new Posted(intent, state, ids, state == State.WAITING ? Optional.empty() : reason);
    }

    private static State of(OutboxRow.State state) {
        return switch (state) {
            case QUEUED, STARTED, ASKING -> State.WAITING;
            case ACKNOWLEDGED -> State.DELIVERED;
            case UNKNOWN -> State.UNKNOWN;
            case FAILED -> State.FAILED;
        };
    }
}
