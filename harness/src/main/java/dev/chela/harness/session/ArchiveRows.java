package dev.chela.harness.session;

import dev.chela.harness.SessionKey;
import dev.chela.harness.ThreadId;
import dev.chela.harness.approval.Approvals;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** SQL of the {@code archive} table, and the moves between it and the session's own rows. */
final class ArchiveRows {

    private static final String SELECT =
            """
            SELECT a.*, (SELECT count(*) FROM transcript t
                WHERE t.session_id = a.session_id AND t.kind = 'message') AS messages
            FROM archive a
            """;

    private ArchiveRows() {}

    /**
     * Closes the present session: its transcript gets its end, its native binding is noted. False
     * if nothing was said in it and no turn has begun in it, so that there is nothing to keep. A
     * binding that must still be forgotten is that of the session before.
     */
    static boolean add(Handle handle, SessionKey session, String reason, Instant now) {
        int added =
                handle.createUpdate(
                                """
                                INSERT INTO archive (session_id, session_key, reason, started_at,
                                    ended_at, thread_id, facts, bound_at)
                                SELECT s.session_id, s.session_key, :reason, s.started_at, :now,
                                    b.thread_id, b.facts, b.created_at
                                FROM session s
                                LEFT JOIN binding b ON b.session_key = s.session_key
                                    AND s.forget = 0
                                WHERE s.session_key = :key AND (b.thread_id IS NOT NULL
                                    OR EXISTS (SELECT 1 FROM turn t
                                        WHERE t.session_key = s.session_key
                                        AND t.session_id = s.session_id AND t.state <> 'closed')
                                    OR EXISTS (SELECT 1 FROM transcript t
                                        WHERE t.session_id = s.session_id))
                                ON CONFLICT (session_id) DO NOTHING
                                """)
                        .bind("reason", reason)
                        .bind("now", now.toEpochMilli())
                        .bind("key", session.value())
                        .execute();
        if (added == 1) {
            SessionRows.find(handle, session)
                    .ifPresent(state -> TranscriptRows.end(handle, state, reason, now));
        }
        return added == 1;
    }

    /** Another session that is bound to the thread of the archive. */
    static Optional<SessionKey> threadHolder(Handle handle, Archive archive) {
        return handle.createQuery(
                        """
                        SELECT b.session_key FROM binding b
                        JOIN archive a ON a.thread_id = b.thread_id
                        WHERE a.session_id = :id AND b.session_key <> a.session_key LIMIT 1
                        """)
                .bind("id", archive.sessionId())
                .mapTo(String.class)
                .findOne()
                .map(SessionKey::new);
    }

    /** Makes an archive the present session again, with the thread it had. */
    static void takeBack(Handle handle, Archive archive, Instant now) {
        String key = archive.session().value();
        Approvals.forget(handle, archive.session());
        TranscriptRows.goOn(handle, archive.sessionId());
        SessionRows.renew(handle, archive.session(), archive.sessionId(), now);
        SessionRows.renewal(handle, archive.session(), Optional.empty());
        handle.createUpdate("DELETE FROM binding WHERE session_key = :key")
                .bind("key", key)
                .execute();
        handle.createUpdate(
                        """
                        INSERT INTO binding (session_key, thread_id, facts, created_at, updated_at)
                        SELECT session_key, thread_id, facts, bound_at, :now FROM archive
                        WHERE session_id = :id AND thread_id IS NOT NULL
                        """)
                .bind("now", now.toEpochMilli())
                .bind("id", archive.sessionId())
                .execute();
        handle.createUpdate("DELETE FROM archive WHERE session_id = :id")
                .bind("id", archive.sessionId())
                .execute();
    }

    /** Those whose id begins with {@code prefix}, at most two. */
    static List<Archive> startingWith(Handle handle, String prefix) {
        return handle.createQuery(
                        SELECT
                                + " WHERE substr(a.session_id, 1, length(:prefix)) = :prefix"
                                + " ORDER BY a.ended_at DESC LIMIT 2")
                .bind("prefix", prefix)
                .map((row, context) -> archive(row))
                .list();
    }

    /** The newest first. */
    static List<Archive> of(Handle handle, SessionKey session, int max) {
        return handle.createQuery(
                        SELECT
                                + " WHERE a.session_key = :key"
                                + " ORDER BY a.ended_at DESC, a.session_id LIMIT :max")
                .bind("key", session.value())
                .bind("max", max)
                .map((row, context) -> archive(row))
                .list();
    }

    static List<Archive> all(Handle handle, int max) {
        return handle.createQuery(SELECT + " ORDER BY a.ended_at DESC, a.session_id LIMIT :max")
                .bind("max", max)
                .map((row, context) -> archive(row))
                .list();
    }

    private static Archive archive(ResultSet row) throws SQLException {
        @Nullable String thread = row.getString("thread_id");
        return new Archive(
                row.getString("session_id"),
                new SessionKey(row.getString("session_key")),
                row.getString("reason"),
                Instant.ofEpochMilli(row.getLong("started_at")),
                Instant.ofEpochMilli(row.getLong("ended_at")),
                Optional.ofNullable(thread).map(ThreadId::new),
                row.getInt("messages"));
    }
}
