package dev.chela.channels.delivery;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The SQL of {@code preview}. */
final class PreviewTable {

    private static final String WHICH =
            " WHERE preview.conversation = :conversation AND preview.turn_key = :turn";

    private PreviewTable() {}

    static Optional<String> messageId(Handle db, String conversation, String turn) {
        return db.createQuery("SELECT message_id FROM preview" + WHICH)
                .bind("conversation", conversation)
                .bind("turn", turn)
                .mapTo(String.class)
                .findOne();
    }

    /**
     * Its message, if nothing arrived below it since: people read downwards. The longer list of
     * states is that of the index.
     */
    static Optional<String> lowest(Handle db, String conversation, String turn) {
        return db.createQuery(
                        "SELECT message_id FROM preview"
                                + WHICH
                                + """
                                 AND NOT EXISTS (SELECT 1 FROM outbox
                                    WHERE outbox.conversation = preview.conversation
                                    AND action = 'send' AND state IN ('acknowledged', 'unknown')
                                    AND state IN ('acknowledged', 'unknown', 'failed')
                                    AND changed_at > preview.updated_at)
                                """)
                .bind("conversation", conversation)
                .bind("turn", turn)
                .mapTo(String.class)
                .findOne();
    }

    static void put(Handle db, String conversation, String turn, String messageId, Instant now) {
        db.createUpdate(
                        "INSERT INTO preview (conversation, turn_key, message_id, updated_at)"
                                + " VALUES (:conversation, :turn, :message, :now)"
                                + " ON CONFLICT (conversation, turn_key) DO UPDATE SET"
                                + " message_id = excluded.message_id,"
                                + " updated_at = excluded.updated_at")
                .bind("conversation", conversation)
                .bind("turn", turn)
                .bind("message", messageId)
                .bind("now", now.toEpochMilli())
                .execute();
    }

    /** Forgets the preview; its message, if there was one. */
    static Optional<String> take(Handle db, String conversation, String turn) {
        Optional<String> message = messageId(db, conversation, turn);
        db.createUpdate("DELETE FROM preview" + WHICH)
                .bind("conversation", conversation)
                .bind("turn", turn)
                .execute();
        return message;
    }

    static int prune(Handle db, Instant before) {
        return db.createUpdate("DELETE FROM preview WHERE updated_at < :before")
                .bind("before", before.toEpochMilli())
                .execute();
    }
}
