package dev.chela.channels.delivery;

import dev.chela.channels.Chunk;
import dev.chela.channels.Conversation;
import dev.chela.channels.delivery.OutboxRow.Action;
import java.util.List;
import java.util.Optional;

/**
 * A row about to be stored.
 *
 * @param said the words before rendering, on the first part of a message
 */
record Draft(
        String intent,
        int part,
        Conversation to,
        Optional<String> turn,
        Action action,
        Optional<String> target,
        Optional<Long> targetRow,
        boolean endsPreview,
        Optional<String> said,
        Optional<Chunk> chunk) {

    /** A part of an intent's message. */
    static Draft send(Intent intent, int part, Optional<String> said, Chunk chunk) {
        return new Draft(
                intent.id(),
                part,
                intent.to(),
                intent.turn(),
                Action.SEND,
                Optional.empty(),
                Optional.empty(),
                intent.endsPreview() && part == 0,
                said,
                Optional.of(chunk));
    }

    /** A message that belongs to no turn. */
    static Draft plain(String intent, int part, Conversation to, Chunk chunk) {
        return new Draft(
                intent,
                part,
                to,
                Optional.empty(),
                Action.SEND,
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.of(chunk));
    }

    static Draft on(
            String intent,
            int part,
            Conversation to,
            Action action,
            String target,
            Optional<Chunk> chunk) {
        return new Draft(
                intent,
                part,
                to,
                Optional.empty(),
                action,
                Optional.of(target),
                Optional.empty(),
                false,
                Optional.empty(),
                chunk);
    }

    static Draft onRow(
            String intent, int part, OutboxRow row, Action action, Optional<Chunk> chunk) {
        return new Draft(
                intent,
                part,
                row.conversation(),
                Optional.empty(),
                action,
                Optional.empty(),
                Optional.of(row.id()),
                false,
                Optional.empty(),
                chunk);
    }

    static Chunk emoji(String emoji) {
        return new Chunk(emoji, emoji, List.of(), List.of(), Optional.empty(), true);
    }
}
