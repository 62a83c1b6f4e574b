package dev.chela.harness.approval;

import dev.chela.config.state.Database;
import dev.chela.harness.SessionKey;
import java.time.Duration;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/**
 * The {@code approval_memory} table: what somebody allowed <em>always</em>, by exact fingerprint.
 * Holds for twelve hours and for the newest 64 of a session, and ends with the session.
 */
final class MemoryRows {

    static final Duration WINDOW = Duration.ofHours(12);
    static final int KEPT_MAX = 64;

    private final Database database;

    MemoryRows(Database database) {
        this.database = database;
    }

    /** Part of the job that settles: what is allowed and what is remembered must not differ. */
    static void learn(Handle handle, Approval settled, Instant now) {
        boolean always =
                settled.decision()
                        .filter(new Decision.Chosen(Choice.ALLOW_ALWAYS)::equals)
                        .isPresent();
        if (!always || settled.request().fingerprint().isEmpty()) {
            return;
        }
        String session = settled.request().session().value();
        handle.createUpdate(
                        """
                        INSERT INTO approval_memory (session_key, fingerprint, allowed_at,
                            approval_id)
                        VALUES (:session, :print, :now, :id)
                        ON CONFLICT (session_key, fingerprint)
                            DO UPDATE SET allowed_at = :now, approval_id = :id
                        """)
                .bind("session", session)
                .bind("print", settled.request().fingerprint().get())
                .bind("now", now.toEpochMilli())
                .bind("id", settled.id().value())
                .execute();
        handle.createUpdate(
                        """
                        DELETE FROM approval_memory WHERE session_key = :session
                          AND fingerprint NOT IN (
                            SELECT fingerprint FROM approval_memory WHERE session_key = :session
                            ORDER BY allowed_at DESC, fingerprint LIMIT :kept)
                        """)
                .bind("session", session)
                .bind("kept", KEPT_MAX)
                .execute();
    }

    /** Whether exactly this was allowed in the session, not too long ago. */
    boolean knows(SessionKey session, String fingerprint, Instant now) {
        return database.readNow(
                handle ->
                        handle.createQuery(
                                                """
                                                SELECT count(*) FROM approval_memory
                                                WHERE session_key = :session
                                                  AND fingerprint = :print AND allowed_at > :since
                                                """)
                                        .bind("session", session.value())
                                        .bind("print", fingerprint)
                                        .bind("since", now.minus(WINDOW).toEpochMilli())
                                        .mapTo(Integer.class)
                                        .one()
                                > 0);
    }

    void forget(SessionKey session) {
        database.writeNow("approval.forget", handle -> forget(handle, session));
    }

    static int forget(Handle handle, SessionKey session) {
        return handle.createUpdate("DELETE FROM approval_memory WHERE session_key = :session")
                .bind("session", session.value())
                .execute();
    }
}
