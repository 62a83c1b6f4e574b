package dev.chela.harness.session;

import dev.chela.config.Live;
import dev.chela.config.QueueConfig;
import dev.chela.config.state.Database;
import dev.chela.harness.SessionKey;
import dev.chela.harness.Source;
import dev.chela.harness.ThreadId;
import dev.chela.harness.TurnKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads sessions as they are shown. */
public final class SessionViews {

    private static final String VIEW =
            """
            SELECT s.*, b.thread_id AS bound, b.facts AS bound_facts,
                t.turn_key AS running, t.begun_at AS running_since,
                t.interrupt_cause AS interrupting,
                (SELECT count(*) FROM turn_input i WHERE i.session_key = s.session_key
                    AND i.state IN ('queued', 'parked')) AS queued
            FROM session s
            LEFT JOIN binding b ON b.session_key = s.session_key
            LEFT JOIN turn t ON t.turn_key = (
                SELECT turn_key FROM turn r
                WHERE r.session_key = s.session_key AND r.state = 'begun'
                ORDER BY r.begun_at LIMIT 1)
            """;

    /** Where a beat's settings would differ, a person's are shown. */
    private static final Source NOBODY = new Source("", Source.Kind.DIRECT, "", "", "", false);

    private final Database database;
    private final Live<QueueConfig> queue;

    /** Views of what is stored in {@code database}. */
    public SessionViews(Database database, Live<QueueConfig> queue) {
        this.database = database;
        this.queue = queue;
    }

    /** What is known of a session; empty if it never was. */
    public Optional<SessionView> view(SessionKey session) {
        QueueConfig config = queue.get();
        return database.readNow(
                handle ->
                        handle.createQuery(VIEW + " WHERE s.session_key = :key")
                                .bind("key", session.value())
                                .map((row, context) -> view(row, config))
                                .findOne());
    }

    /** Every session, the last used first. */
    public List<SessionView> list() {
        QueueConfig config = queue.get();
        return database.readNow(
                handle ->
                        handle.createQuery(VIEW + " ORDER BY s.updated_at DESC, s.session_key")
                                .map((row, context) -> view(row, config))
                                .list());
    }

    /** The sessions that have something unfinished, the one waiting longest first. */
    List<SessionKey> open() {
        return database.readNow(
                handle ->
                        handle.createQuery(
                                        """
                                        SELECT session_key, min(since) AS since FROM (
                                            SELECT session_key, begun_at AS since FROM turn
                                                WHERE state <> 'closed'
                                            UNION ALL
                                            SELECT session_key, submitted_at FROM turn_input
                                                WHERE state IN ('queued', 'parked', 'ending')
                                            UNION ALL
                                            SELECT session_key, updated_at FROM session
                                                WHERE forget = 1)
                                        GROUP BY session_key ORDER BY since, session_key
                                        """)
                                .map((row, context) -> new SessionKey(row.getString("session_key")))
                                .list());
    }

    /**
     * A session that has something open.
     *
     * @param running whether a turn of it runs
     * @param since when that turn began; without one, since when the oldest waits
     */
    record Unfinished(SessionKey session, boolean running, Instant since) {}

    List<Unfinished> unfinished() {
        return database.readNow(
                handle ->
                        handle.createQuery(
                                        """
                                        SELECT session_key, max(running) AS running,
                                            coalesce(min(CASE WHEN running = 1 THEN since END),
                                                min(since)) AS since
                                        FROM (
                                            SELECT session_key, state = 'begun' AS running,
                                                coalesce(ended_at, begun_at) AS since
                                            FROM turn WHERE state <> 'closed'
                                            UNION ALL
                                            SELECT session_key, 0, submitted_at FROM turn_input
                                            WHERE state <> 'ended'
                                                AND state IN ('queued', 'ending'))
                                        GROUP BY session_key ORDER BY since
                                        """)
                                .map(
                                        (row, context) ->
                                                new Unfinished(
                                                        new SessionKey(
                                                                row.getString("session_key")),
                                                        row.getInt("running") == 1,
                                                        at(row, "since")))
                                .list());
    }

    private static SessionView view(ResultSet row, QueueConfig config) throws SQLException {
        @Nullable String source = row.getString("source");
        Optional<Source> route = Optional.ofNullable(source).map(StoredJson::source);
        QueueOverride stored = StoredJson.queue(row.getString("queue"));
        return new SessionView(
                new SessionKey(row.getString("session_key")),
                row.getString("session_id"),
                route,
                at(row, "started_at"),
                at(row, "last_interaction_at"),
                at(row, "updated_at"),
                running(row),
                row.getInt("queued"),
                QueueSettings.of(config, route.orElse(NOBODY), stored, QueueOverride.none()),
                stored,
                Optional.ofNullable(row.getString("model")),
                StoredJson.facts(row.getString("preferences")),
                usage(row),
                Optional.ofNullable(row.getString("bound")).map(ThreadId::new),
                Optional.ofNullable(row.getString("bound_facts"))
                        .map(StoredJson::facts)
                        .orElse(Map.of()));
    }

    private static Optional<SessionView.Running> running(ResultSet row) throws SQLException {
        @Nullable String turn = row.getString("running");
        return turn == null
                ? Optional.empty()
                : Optional.of(
                        new SessionView.Running(
                                new TurnKey(turn),
                                at(row, "running_since"),
                                row.getString("interrupting") != null));
    }

    private static Usage usage(ResultSet row) throws SQLException {
        return new Usage(
                row.getLong("input_tokens"),
                row.getLong("cached_tokens"),
                row.getLong("output_tokens"),
                row.getLong("context_tokens"),
                row.getLong("context_window"),
                row.getInt("compactions"));
    }

    private static Instant at(ResultSet row, String column) throws SQLException {
        return Instant.ofEpochMilli(row.getLong(column));
    }
}
