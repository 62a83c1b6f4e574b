package dev.chela.channels.inbox;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The SQL of what the next turn may see: unmentioned text, edits and reactions. */
final class ContextTable {

    private static final String WAITING =
            " FROM inbox WHERE conversation = :conversation AND outcome = 'context'"
                    + " AND shown_at IS NULL AND body IS NOT NULL";

    private ContextTable() {}

    static List<InboxRow> newest(Handle db, String conversation, boolean messages, int max) {
        return db.createQuery(
                        "SELECT *"
                                + WAITING
                                + (messages ? " AND kind = 'message'" : " AND kind <> 'message'")
                                + " ORDER BY seq DESC LIMIT :max")
                .bind("conversation", conversation)
                .bind("max", max)
                .map((row, context) -> InboxTable.read(row))
                .list()
                .reversed();
    }

    static void shown(Handle db, String conversation, long upTo, Instant now) {
        db.createUpdate(
                        "UPDATE inbox SET shown_at = :now WHERE conversation = :conversation"
                                + " AND outcome = 'context' AND shown_at IS NULL AND seq <= :upTo")
                .bind("now", now.toEpochMilli())
                .bind("conversation", conversation)
                .bind("upTo", upTo)
                .execute();
    }

    static void skipEvents(Handle db, String conversation, long before, Instant now) {
        db.createUpdate(
                        "UPDATE inbox SET shown_at = :now WHERE conversation = :conversation"
                                + " AND outcome = 'context' AND shown_at IS NULL"
                                + " AND kind <> 'message' AND seq < :before")
                .bind("now", now.toEpochMilli())
                .bind("conversation", conversation)
                .bind("before", before)
                .execute();
    }

    /** When the newest of those rows was closed whose words are too many; empty if none are. */
    static Optional<Instant> tooManyUpTo(Handle db, long bytesMax) {
        return db.createQuery(
                        """
                        SELECT max(closed_at) FROM (
                            SELECT closed_at, sum(length(body))
                                OVER (ORDER BY closed_at DESC, seq DESC) AS total
                            FROM inbox WHERE state = 'closed' AND body IS NOT NULL)
                        WHERE total > :max HAVING max(closed_at) IS NOT NULL
                        """)
                .bind("max", bytesMax)
                .mapTo(Long.class)
                .findOne()
                .map(Instant::ofEpochMilli);
    }

    /** Takes the words out of old closed rows; how many rows. */
    static int pruneBodies(Handle db, Instant before, int max) {
        return db.createUpdate(
                        "UPDATE inbox SET body = NULL, quote = NULL, attachments = NULL,"
                                + " sender_name = NULL, sender_username = NULL WHERE seq IN"
                                + " (SELECT seq FROM inbox WHERE state = 'closed'"
                                + " AND closed_at < :before AND (body IS NOT NULL"
                                + " OR sender_name IS NOT NULL) LIMIT :max)")
                .bind("before", before.toEpochMilli())
                .bind("max", max)
                .execute();
    }

    /** Forgets old closed rows altogether; how many. */
    static int pruneRows(Handle db, Instant before, int max) {
        return db.createUpdate(
                        "DELETE FROM inbox WHERE seq IN (SELECT seq FROM inbox"
                                + " WHERE state = 'closed' AND closed_at < :before LIMIT :max)")
                .bind("before", before.toEpochMilli())
                .bind("max", max)
                .execute();
    }
}
