package dev.chela.channels.delivery;

import dev.chela.channels.Chunk;
import dev.chela.channels.delivery.OutboxRow.Action;
import dev.chela.channels.delivery.OutboxRow.State;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/** The SQL that moves a row of {@code outbox} from one state to the next. */
final class OutboxChanges {

    private OutboxChanges() {}

    /** An attempt begins, with the action and target it was resolved to. */
    static void started(
            Handle db, OutboxRow row, Action action, Optional<String> target, Instant now) {
        db.createUpdate(
                        "UPDATE outbox SET state = 'started', attempts = attempts + 1,"
                                + " action = :action, target = :target, changed_at = :now"
                                + " WHERE id = :id")
                .bind("action", action.code())
                .bind("target", target.orElse(null))
                .bind("now", now.toEpochMilli())
                .bind("id", row.id())
                .execute();
    }

    static void acknowledged(Handle db, long id, String messageId, Instant now) {
        db.createUpdate(
                        "UPDATE outbox SET state = 'acknowledged', message_id = :message,"
                                + " reason = NULL, changed_at = :now WHERE id = :id")
                .bind("message", messageId)
                .bind("now", now.toEpochMilli())
                .bind("id", id)
                .execute();
    }

    /** Back to the front of its queue, not to be looked at before {@code due}. */
    static void waits(Handle db, OutboxRow row, State state, Instant due, Instant now) {
        waits(db, row, state, row.attempts(), due, now);
    }

    static void waits(
            Handle db, OutboxRow row, State state, int attempts, Instant due, Instant now) {
        db.createUpdate(
                        "UPDATE outbox SET state = :state, attempts = :attempts, due_at = :due,"
                                + " changed_at = :now WHERE id = :id")
                .bind("state", state.code())
                .bind("attempts", attempts)
                .bind("due", due.toEpochMilli())
                .bind("now", now.toEpochMilli())
                .bind("id", row.id())
                .execute();
    }

    /** An edit that was refused becomes a message of its own. */
    static void becomesSend(Handle db, long id, Instant now) {
        db.createUpdate(
                        "UPDATE outbox SET state = 'queued', action = 'send', target = NULL,"
                                + " ends_preview = 0, due_at = :now, changed_at = :now"
                                + " WHERE id = :id")
                .bind("now", now.toEpochMilli())
                .bind("id", id)
                .execute();
    }

    static void ended(Handle db, long id, State state, String reason, Instant now) {
        update(db, "id = :id", state, reason, now).bind("id", id).execute();
    }

    /** The parts of an intent that still wait fail with it. */
    static void failRest(Handle db, String intent, String reason, Instant now) {
        update(db, "intent = :intent AND state IN ('queued', 'asking')", State.FAILED, reason, now)
                .bind("intent", intent)
                .execute();
    }

    private static Update update(Handle db, String which, State state, String reason, Instant now) {
        return db.createUpdate(
                        "UPDATE outbox SET state = :state, reason = :reason, changed_at = :now"
                                + " WHERE "
                                + which)
                .bind("state", state.code())
                .bind("reason", reason)
                .bind("now", now.toEpochMilli());
    }

    /** New words for a row that has not been tried. */
    static void rewords(Handle db, long id, Chunk chunk) {
        db.createUpdate("UPDATE outbox SET chunk = :chunk WHERE id = :id")
                .bind("chunk", ChunkJson.write(chunk))
                .bind("id", id)
                .execute();
    }

    /** When the newest of those rows changed whose words are too many; empty if none are. */
    static Optional<Instant> tooManyUpTo(Handle db, long bytesMax) {
        return db.createQuery(
                        """
                        SELECT max(changed_at) FROM (
                            SELECT changed_at,
                                sum(coalesce(length(chunk), 0) + coalesce(length(said), 0))
                                OVER (ORDER BY changed_at DESC, id DESC) AS total
                            FROM outbox WHERE state IN ('acknowledged', 'unknown', 'failed')
                                AND (chunk IS NOT NULL OR said IS NOT NULL))
                        WHERE total > :max HAVING max(changed_at) IS NOT NULL
                        """)
                .bind("max", bytesMax)
                .mapTo(Long.class)
                .findOne()
                .map(Instant::ofEpochMilli);
    }

    static int pruneBodies(Handle db, Instant before, int max) {
        return db.createUpdate(
                        "UPDATE outbox SET chunk = NULL, said = NULL WHERE id IN (SELECT id"
                                + " FROM outbox WHERE state IN ('acknowledged', 'unknown',"
                                + " 'failed') AND changed_at < :before AND (chunk IS NOT NULL"
                                + " OR said IS NOT NULL) LIMIT :max)")
                .bind("before", before.toEpochMilli())
                .bind("max", max)
                .execute();
    }

    static int pruneRows(Handle db, Instant before, int max) {
        return db.createUpdate(
                        "DELETE FROM outbox WHERE id IN (SELECT id FROM outbox WHERE state IN"
                                + " ('acknowledged', 'unknown', 'failed')"
                                + " AND changed_at < :before LIMIT :max)")
                .bind("before", before.toEpochMilli())
                .bind("max", max)
                .execute();
    }
}
