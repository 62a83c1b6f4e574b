package dev.chela.harness.session;

import dev.chela.harness.InputEnd;
import dev.chela.harness.Renewal;
import dev.chela.harness.SessionKey;
import dev.chela.harness.Source;
import dev.chela.harness.ThreadId;
import dev.chela.harness.TurnEvent;
import dev.chela.harness.binding.ContextFill;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/** SQL of the {@code session} table. */
final class SessionRows {

    private static final RowMapper<SessionState> STATE = (row, context) -> state(row);

    private SessionRows() {}

    static Optional<SessionState> find(Handle handle, SessionKey key) {
        return handle.createQuery(
                        """
                        SELECT s.*, EXISTS (SELECT 1 FROM binding b
                            WHERE b.session_key = s.session_key) AS bound
                        FROM session s WHERE s.session_key = :key
                        """)
                .bind("key", key.value())
                .map(STATE)
                .findOne();
    }

    /** The session's row; made, under {@code newId}, if there is none. */
    static SessionState require(Handle handle, SessionKey key, String newId, Instant now) {
        handle.createUpdate(
                        """
                        INSERT INTO session
                            (session_key, session_id, started_at, last_interaction_at, updated_at)
                        VALUES (:key, :id, :now, :now, :now)
                        ON CONFLICT (session_key) DO NOTHING
                        """)
                .bind("key", key.value())
                .bind("id", newId)
                .bind("now", now.toEpochMilli())
                .execute();
        return find(handle, key).orElseThrow();
    }

    /** Where the session was last spoken with. */
    static Optional<Source> source(Handle handle, SessionKey key) {
        return handle.createQuery(
                        "SELECT source FROM session"
                                + " WHERE session_key = :key AND source IS NOT NULL")
                .bind("key", key.value())
                .mapTo(String.class)
                .findOne()
                .map(StoredJson::source);
    }

    /** Notes from where it was spoken to; beats and jobs do not count as interaction. */
    static void touch(Handle handle, SessionKey key, Source source, Instant now) {
        boolean person = source.kind() != Source.Kind.INTERNAL;
        handle.createUpdate(
                        person
                                ? """
                                UPDATE session SET channel = :channel, source = :source,
                                    last_interaction_at = :now, updated_at = :now
                                WHERE session_key = :key
                                """
                                : "UPDATE session SET updated_at = :now WHERE session_key = :key")
                .bindMap(
                        person
                                ? Map.of(
                                        "channel",
                                        source.channel(),
                                        "source",
                                        StoredJson.ofSource(source))
                                : Map.of())
                .bind("now", now.toEpochMilli())
                .bind("key", key.value())
                .execute();
    }

    static void cutOff(Handle handle, SessionKey key, long ticket, InputEnd.Kind kind) {
        handle.createUpdate(
                        """
                        UPDATE session SET cut_off = :ticket, cut_off_kind = :kind
                        WHERE session_key = :key AND cut_off < :ticket
                        """)
                .bind("ticket", ticket)
                .bind("kind", kind.name())
                .bind("key", key.value())
                .execute();
    }

    /** A new id for the same key; explicit preferences stay. */
    static void renew(Handle handle, SessionKey key, String newId, Instant now) {
        handle.createUpdate(
                        """
                        UPDATE session SET session_id = :id, started_at = :now,
                            last_interaction_at = :now, updated_at = :now,
                            input_tokens = 0, cached_tokens = 0, output_tokens = 0,
                            context_tokens = 0, context_window = 0, compactions = 0
                        WHERE session_key = :key
                        """)
                .bind("id", newId)
                .bind("now", now.toEpochMilli())
                .bind("key", key.value())
                .execute();
    }

    /** What the next answer has to say; empty: nothing. */
    static void renewal(Handle handle, SessionKey key, Optional<Renewal> renewal) {
        handle.createUpdate("UPDATE session SET renewal = :renewal WHERE session_key = :key")
                .bind("renewal", renewal.map(StoredJson::ofRenewal))
                .bind("key", key.value())
                .execute();
    }

    static void forget(Handle handle, SessionKey key, boolean pending) {
        handle.createUpdate("UPDATE session SET forget = :pending WHERE session_key = :key")
                .bind("pending", pending ? 1 : 0)
                .bind("key", key.value())
                .execute();
    }

    static void model(Handle handle, SessionKey key, Optional<String> model) {
        handle.createUpdate("UPDATE session SET model = :model WHERE session_key = :key")
                .bind("model", model)
                .bind("key", key.value())
                .execute();
    }

    static void queue(Handle handle, SessionKey key, QueueOverride queue) {
        handle.createUpdate("UPDATE session SET queue = :queue WHERE session_key = :key")
                .bind(
                        "queue",
                        queue.isEmpty()
                                ? Optional.<String>empty()
                                : Optional.of(StoredJson.ofQueue(queue)))
                .bind("key", key.value())
                .execute();
    }

    static void preference(Handle handle, SessionKey key, String name, Optional<String> value) {
        handle.createUpdate(
                        value.isPresent()
                                ? """
                                UPDATE session SET preferences =
                                    json_set(preferences, '$."' || :name || '"', :value)
                                WHERE session_key = :key
                                """
                                : """
                                UPDATE session SET preferences =
                                    json_remove(preferences, '$."' || :name || '"')
                                WHERE session_key = :key
                                """)
                .bindMap(value.map(text -> Map.of("value", text)).orElse(Map.of()))
                .bind("name", name)
                .bind("key", key.value())
                .execute();
    }

    static void count(Handle handle, StoredTurn turn, TurnEvent.Counted counted) {
        handle.createUpdate(
                        """
                        UPDATE session SET input_tokens = input_tokens + :input,
                            cached_tokens = cached_tokens + :cached,
                            output_tokens = output_tokens + :output,
                            context_tokens = :context, context_window = :window,
                            context_thread = :thread
                        WHERE session_key = :key AND session_id = :id
                        """)
                .bind("input", counted.input())
                .bind("cached", counted.cached())
                .bind("output", counted.output())
                .bind("context", counted.context())
                .bind("window", counted.contextWindow())
                .bind("thread", turn.nativeTurn().map(names -> names.thread().value()))
                .bind("key", turn.session().value())
                .bind("id", turn.sessionId())
                .execute();
    }

    /** How full {@code thread} was when its tokens were last counted in the session. */
    static ContextFill fill(Handle handle, SessionKey session, ThreadId thread) {
        return handle.createQuery(
                        """
                        SELECT context_tokens, context_window FROM session
                        WHERE session_key = :key AND context_thread = :thread
                        """)
                .bind("key", session.value())
                .bind("thread", thread.value())
                .map((row, context) -> new ContextFill(row.getLong(1), row.getLong(2)))
                .findOne()
                .orElseGet(ContextFill::unknown);
    }

    static void compacted(Handle handle, StoredTurn turn) {
        handle.createUpdate(
                        "UPDATE session SET compactions = compactions + 1"
                                + " WHERE session_key = :key AND session_id = :id")
                .bind("key", turn.session().value())
                .bind("id", turn.sessionId())
                .execute();
    }

    private static SessionState state(ResultSet row) throws SQLException {
        return new SessionState(
                new SessionKey(row.getString("session_key")),
                row.getString("session_id"),
                Instant.ofEpochMilli(row.getLong("started_at")),
                Instant.ofEpochMilli(row.getLong("last_interaction_at")),
                row.getInt("bound") == 1,
                Optional.ofNullable(row.getString("model")),
                StoredJson.queue(row.getString("queue")),
                row.getLong("cut_off"),
                InputEnd.Kind.valueOf(row.getString("cut_off_kind")),
                row.getInt("forget") == 1,
                Optional.ofNullable(row.getString("renewal")).map(StoredJson::renewal));
    }
}
