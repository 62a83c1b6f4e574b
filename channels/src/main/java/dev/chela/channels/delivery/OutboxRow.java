package dev.chela.channels.delivery;

import dev.chela.channels.Chunk;
import dev.chela.channels.Conversation;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * One platform call, to be made or made.
 *
 * @param part its place in the intent, from 0
 * @param target the platform id an edit, deletion or reaction goes to
 * @param targetRow the row whose platform id that is, when it was not known yet
 * @param chunk what is said, or the emoji of a reaction; gone once pruned
 * @param messageId the platform's id of what was sent or changed
 */
record OutboxRow(
        long id,
        String intent,
        int part,
        Conversation conversation,
        Optional<String> turn,
        Action action,
        Optional<String> target,
        Optional<Long> targetRow,
        boolean endsPreview,
        Optional<Chunk> chunk,
        State state,
        int attempts,
        Instant dueAt,
        Optional<String> messageId,
        Optional<String> reason) {

    enum Action {
        SEND,
        EDIT,
        DELETE,
        REACT;

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Action of(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT));
        }
    }

    enum State {
        QUEUED,
        /** The call was begun; its answer is not stored. */
        STARTED,
        /** The call's answer was lost; the platform is asked. */
        ASKING,
        ACKNOWLEDGED,
        UNKNOWN,
        FAILED;

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State of(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT));
        }
    }

    /** The same for every try of this row: it outlives a restart and fits every platform. */
    String key() {
        return "chela-" + id;
    }

    /** This row while an attempt is under way. */
    OutboxRow attempted(Action resolved, Optional<String> resolvedTarget) {
        return new OutboxRow(
                id,
                intent,
                part,
                conversation,
                turn,
                resolved,
                resolvedTarget,
                targetRow,
                endsPreview,
                chunk,
                State.STARTED,
                attempts + 1,
                dueAt,
                messageId,
                reason);
    }

    /** Whether this carries words of its own, rather than changing a message that has some. */
    boolean isMessage() {
        return action == Action.SEND || (action == Action.EDIT && endsPreview);
    }

    /** Whether a second call would do no harm. */
    boolean repeatable() {
        return action != Action.SEND;
    }

    /**
     * Whether it asks for a decision, or tells a stranger their code; one that stands twice does no
     * harm, since the first decision wins, and one that nobody sees holds up a turn, or the
     * stranger, whose presses count for nothing yet.
     */
    boolean isPrompt() {
        return intent.startsWith(Intent.PROMPT) || intent.startsWith(PairingReply.PREFIX);
    }

    /** Whether it only shows that a message was seen; worth no second try. */
    boolean isAck() {
        return intent.startsWith(Intent.ACK);
    }

    /** Whether it tells that a message may be lost; read twice that is better than never. */
    boolean isNotice() {
        return intent.startsWith(Notices.PREFIX);
    }
}
