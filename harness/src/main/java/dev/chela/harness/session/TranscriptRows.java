package dev.chela.harness.session;

import dev.chela.harness.SessionKey;
import dev.chela.harness.binding.PastTalk;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** SQL of the {@code transcript} table. */
final class TranscriptRows {

    private TranscriptRows() {}

    /**
     * A line of a transcript.
     *
     * @param key what makes a second mirroring harmless
     */
    record Entry(String key, String kind, Map<String, ?> body, Instant at) {}

    /** Adds an entry unless its key is there; the header record comes first. */
    static void add(Handle handle, SessionKey session, String sessionId, Entry entry) {
        insert(
                handle,
                session,
                sessionId,
                new Entry("session", "session", Map.of("sessionKey", session.value()), entry.at()));
        insert(handle, session, sessionId, entry);
    }

    /** Marks the end of a session id: what came before is its archive. */
    static void end(Handle handle, SessionState session, String reason, Instant at) {
        insert(
                handle,
                session.key(),
                session.sessionId(),
                new Entry("end", "end", Map.of("reason", reason), at));
    }

    /** What was said after an end belongs to the same session id. */
    static void goOn(Handle handle, String sessionId) {
        handle.createUpdate(
                        """
                        UPDATE transcript SET entry_key = 'end:' || entry
                        WHERE session_id = :id AND entry_key = 'end'
                        """)
                .bind("id", sessionId)
                .execute();
    }

    /** The entries of a session id in order, each a line of JSON. */
    static List<String> lines(Handle handle, String sessionId) {
        return handle.createQuery(
                        """
                        SELECT entry, session_id, entry_key, kind, body, at,
                            lag(entry) OVER (ORDER BY entry) AS parent
                        FROM transcript WHERE session_id = :id ORDER BY entry
                        """)
                .bind("id", sessionId)
                .map(
                        (row, context) -> {
                            Map<String, Object> line = new LinkedHashMap<>();
                            line.put("type", row.getString("kind"));
                            boolean header = row.getString("kind").equals("session");
                            line.put(
                                    "id",
                                    header
                                            ? row.getString("session_id")
                                            : String.valueOf(row.getLong("entry")));
                            if (!header) {
                                long parent = row.getLong("parent");
                                line.put("parentId", parent == 0 ? null : String.valueOf(parent));
                                line.put("idempotencyKey", row.getString("entry_key"));
                            }
                            line.put(
                                    "timestamp",
                                    Instant.ofEpochMilli(row.getLong("at")).toString());
                            return StoredJson.merged(line, row.getString("body"));
                        })
                .list();
    }

    /** The newest messages of the session's present id, oldest first. */
    static List<PastTalk.Said> recent(Handle handle, SessionKey session, int max) {
        return handle.createQuery(
                        """
                        SELECT body FROM transcript
                        WHERE session_id = (SELECT session_id FROM session
                                WHERE session_key = :key)
                            AND kind = 'message'
                        ORDER BY entry DESC LIMIT :max
                        """)
                .bind("key", session.value())
                .bind("max", max)
                .map((row, context) -> StoredJson.said(row.getString("body")))
                .list()
                .reversed();
    }

    /** The ids a session had, newest first, the present one included. */
    static List<String> ids(Handle handle, SessionKey session) {
        return handle.createQuery(
                        """
                        SELECT session_id FROM transcript WHERE session_key = :key
                        GROUP BY session_id ORDER BY max(entry) DESC
                        """)
                .bind("key", session.value())
                .mapTo(String.class)
                .list();
    }

    private static void insert(Handle handle, SessionKey session, String sessionId, Entry entry) {
        handle.createUpdate(
                        """
                        INSERT INTO transcript (session_key, session_id, entry_key, kind, body, at)
                        VALUES (:session, :id, :key, :kind, :body, :at)
                        ON CONFLICT (session_id, entry_key) DO NOTHING
                        """)
                .bind("session", session.value())
                .bind("id", sessionId)
                .bind("key", entry.key())
                .bind("kind", entry.kind())
                .bind("body", StoredJson.line(entry.body()))
                .bind("at", entry.at().toEpochMilli())
                .execute();
    }
}
