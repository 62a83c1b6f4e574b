package dev.chela.harness.session;

import dev.chela.harness.SessionKey;
import dev.chela.harness.approval.Approvals;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** SQL of what grows old: sessions, archives, their transcripts, closed turns. */
final class UpkeepRows {

    /** Nothing of it waits, runs or must still be done, and no conversation is bound to it. */
    private static final String AT_REST =
            """
             s.forget = 0
             AND NOT EXISTS (SELECT 1 FROM claim c WHERE c.session_key = s.session_key)
             AND NOT EXISTS (SELECT 1 FROM turn t
                 WHERE t.session_key = s.session_key AND t.state <> 'closed')
             AND NOT EXISTS (SELECT 1 FROM turn_input i
                 WHERE i.session_key = s.session_key AND i.state <> 'ended')
            """;

    private UpkeepRows() {}

    /** A session with when it was last used. */
    record Aged(SessionKey key, Instant usedAt) {}

    /** The sessions at rest that were not used since {@code before}, the oldest first. */
    static List<Aged> sessionsBefore(Handle handle, Instant before) {
        return handle.createQuery(
                        "SELECT s.session_key, s.updated_at FROM session s WHERE"
                                + AT_REST
                                + " AND s.updated_at < :before ORDER BY s.updated_at")
                .bind("before", before.toEpochMilli())
                .map(
                        (row, context) ->
                                new Aged(
                                        new SessionKey(row.getString("session_key")),
                                        Instant.ofEpochMilli(row.getLong("updated_at"))))
                .list();
    }

    static int sessions(Handle handle) {
        return handle.createQuery("SELECT count(*) FROM session").mapTo(Integer.class).one();
    }

    /**
     * Takes a session out if it is still at rest and unused; what was said in it becomes an archive
     * that ends now, so that it is kept as long as any other.
     */
    static boolean drop(Handle handle, Aged session, Instant now) {
        String key = session.key().value();
        int fits =
                handle.createQuery(
                                "SELECT count(*) FROM session s WHERE s.session_key = :key AND"
                                        + AT_REST
                                        + " AND s.updated_at = :used")
                        .bind("key", key)
                        .bind("used", session.usedAt().toEpochMilli())
                        .mapTo(Integer.class)
                        .one();
        if (fits == 0) {
            return false;
        }
        ArchiveRows.add(handle, session.key(), "unused", now);
        Approvals.forget(handle, session.key());
        handle.createUpdate("DELETE FROM binding WHERE session_key = :key")
                .bind("key", key)
                .execute();
        return handle.createUpdate("DELETE FROM session WHERE session_key = :key")
                        .bind("key", key)
                        .execute()
                == 1;
    }

    static List<String> archivesBefore(Handle handle, Instant before) {
        return handle.createQuery(
                        "SELECT session_id FROM archive WHERE ended_at < :before ORDER BY ended_at")
                .bind("before", before.toEpochMilli())
                .mapTo(String.class)
                .list();
    }

    /** Takes at most {@code max} entries out of an archive, at last the archive; how many. */
    static int shrink(Handle handle, String archive, int max) {
        int entries =
                handle.createUpdate(
                                """
                                DELETE FROM transcript WHERE entry IN (SELECT entry FROM transcript
                                    WHERE session_id = :id LIMIT :max)
                                """)
                        .bind("id", archive)
                        .bind("max", max)
                        .execute();
        if (entries < max) {
            handle.createUpdate("DELETE FROM archive WHERE session_id = :id")
                    .bind("id", archive)
                    .execute();
        }
        return entries;
    }

    /** The ids of all sessions, those that are over included. */
    static Set<String> sessionIds(Handle handle) {
        return handle.createQuery(
                        "SELECT session_id FROM session UNION SELECT session_id FROM archive")
                .mapTo(String.class)
                .set();
    }

    /** Bytes of all transcripts, about. */
    static long bytes(Handle handle) {
        return handle.createQuery("SELECT coalesce(sum(length(body)), 0) FROM transcript")
                .mapTo(Long.class)
                .one();
    }

    static long bytes(Handle handle, String sessionId) {
        return handle.createQuery(
                        "SELECT coalesce(sum(length(body)), 0) FROM transcript"
                                + " WHERE session_id = :id")
                .bind("id", sessionId)
                .mapTo(Long.class)
                .one();
    }

    /** Closed turns and ended messages of before; how many rows. */
    static int closedBefore(Handle handle, Instant before, int max) {
        int turns =
                handle.createUpdate(
                                """
                                DELETE FROM turn WHERE turn_key IN (SELECT turn_key FROM turn
                                    WHERE state = 'closed' AND closed_at < :before LIMIT :max)
                                """)
                        .bind("before", before.toEpochMilli())
                        .bind("max", max)
                        .execute();
        int inputs =
                handle.createUpdate(
                                """
                                DELETE FROM turn_input WHERE ticket IN (SELECT ticket
                                    FROM turn_input i WHERE state = 'ended'
                                    AND submitted_at < :before
                                    AND NOT EXISTS (SELECT 1 FROM turn t
                                        WHERE t.turn_key = i.turn_key) LIMIT :max)
                                """)
                        .bind("before", before.toEpochMilli())
                        .bind("max", max)
                        .execute();
        return turns + inputs;
    }

    /**
     * Looks at {@code max} entries behind {@code from} and deletes those of before that belong to
     * no session and no archive. The last one looked at; empty if none is left to look at.
     */
    static OptionalLong strayBefore(Handle handle, Instant before, long from, int max) {
        Optional<Long> last =
                handle.createQuery(
                                """
                                SELECT max(entry) FROM (SELECT entry FROM transcript
                                    WHERE entry > :from ORDER BY entry LIMIT :max)
                                """)
                        .bind("from", from)
                        .bind("max", max)
                        .mapTo(Long.class)
                        .findOne();
        last.ifPresent(
                to ->
                        handle.createUpdate(
                                        """
                                        DELETE FROM transcript AS t
                                        WHERE t.entry > :from AND t.entry <= :to
                                          AND t.at < :before
                                          AND NOT EXISTS (SELECT 1 FROM session s
                                              WHERE s.session_id = t.session_id)
                                          AND NOT EXISTS (SELECT 1 FROM archive a
                                              WHERE a.session_id = t.session_id)
                                        """)
                                .bind("from", from)
                                .bind("to", to)
                                .bind("before", before.toEpochMilli())
                                .execute());
        return last.map(OptionalLong::of).orElseGet(OptionalLong::empty);
    }
}
