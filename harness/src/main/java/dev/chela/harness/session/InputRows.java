package dev.chela.harness.session;

import dev.chela.harness.InputEnd;
import dev.chela.harness.InputKey;
import dev.chela.harness.ReplyMode;
import dev.chela.harness.SessionKey;
import dev.chela.harness.TurnKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

/** SQL of the {@code turn_input} table. */
final class InputRows {

    private static final RowMapper<QueuedInput> ROW = (row, context) -> input(row);

    private InputRows() {}

    /** Those without a turn or an end, by ticket. */
    static List<QueuedInput> waiting(Handle handle, SessionKey session) {
        return handle.createQuery(
                        """
                        SELECT * FROM turn_input
                        WHERE session_key = :session AND state IN ('queued', 'parked', 'ending')
                        ORDER BY ticket
                        """)
                .bind("session", session.value())
                .map(ROW)
                .list();
    }

    /** Whether any message of the session has neither turn nor end. */
    static boolean isWaitedFor(Handle handle, SessionKey session) {
        return !waiting(handle, session).isEmpty();
    }

    static boolean knows(Handle handle, long ticket) {
        return handle.createQuery("SELECT count(*) FROM turn_input WHERE ticket = :ticket")
                        .bind("ticket", ticket)
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    /** Stores it unless its ticket is known; says whether it was new. */
    static boolean insert(Handle handle, SessionKey session, QueuedInput input) {
        return handle.createUpdate(
                                """
                                INSERT INTO turn_input (ticket, session_key, state, summarized,
                                    urgent, source, reply_mode, queue, model, submitted_at,
                                    ambient, end_kind, end_notice)
                                VALUES (:ticket, :session, :state, 0,
                                    :urgent, :source, :mode, :queue, :model, :at,
                                    :ambient, :kind, :notice)
                                ON CONFLICT (ticket) DO NOTHING
                                """)
                        .bind("ticket", input.ticket())
                        .bind("session", session.value())
                        .bind("state", name(input.state()))
                        .bind("urgent", input.urgent() ? 1 : 0)
                        .bind("source", StoredJson.ofSource(input.source()))
                        .bind("mode", input.replyMode().name())
                        .bind("queue", StoredJson.ofQueue(input.queue()))
                        .bind("model", input.model())
                        .bind("at", input.submittedAt().toEpochMilli())
                        .bind("ambient", input.ambient() ? 1 : 0)
                        .bind("kind", input.end().map(end -> end.kind().name()))
                        .bind("notice", input.end().map(InputEnd::notice))
                        .execute()
                == 1;
    }

    static void summarize(Handle handle, long ticket) {
        handle.createUpdate("UPDATE turn_input SET summarized = 1 WHERE ticket = :ticket")
                .bind("ticket", ticket)
                .execute();
    }

    /** They are part of {@code turn} from now on. */
    static void take(Handle handle, List<Long> tickets, TurnKey turn, InputKey input) {
        give(handle, tickets, "taken", turn, input);
    }

    static void park(Handle handle, List<Long> tickets, TurnKey turn, InputKey input) {
        give(handle, tickets, "parked", turn, input);
    }

    private static void give(
            Handle handle, List<Long> tickets, String state, TurnKey turn, InputKey input) {
        handle.createUpdate(
                        """
                        UPDATE turn_input
                        SET state = :state, turn_key = :turn, input_key = :input
                        WHERE ticket IN (<tickets>)
                        """)
                .bind("state", state)
                .bind("turn", turn.value())
                .bind("input", input.value())
                .bindList("tickets", tickets)
                .execute();
    }

    /** What {@code turn} was given and did not take waits again. */
    static void unpark(Handle handle, TurnKey turn) {
        handle.createUpdate(
                        """
                        UPDATE turn_input SET state = 'queued', turn_key = NULL, input_key = NULL
                        WHERE turn_key = :turn AND state = 'parked'
                        """)
                .bind("turn", turn.value())
                .execute();
    }

    static void ending(Handle handle, List<Long> tickets, InputEnd end) {
        handle.createUpdate(
                        """
                        UPDATE turn_input SET state = 'ending', turn_key = NULL, input_key = NULL,
                            end_kind = :kind, end_notice = :notice
                        WHERE ticket IN (<tickets>)
                        """)
                .bind("kind", end.kind().name())
                .bind("notice", end.notice())
                .bindList("tickets", tickets)
                .execute();
    }

    static void ended(Handle handle, List<Long> tickets) {
        handle.createUpdate("UPDATE turn_input SET state = 'ended' WHERE ticket IN (<tickets>)")
                .bindList("tickets", tickets)
                .execute();
    }

    static void endedWith(Handle handle, TurnKey turn) {
        handle.createUpdate(
                        "UPDATE turn_input SET state = 'ended' WHERE turn_key = :turn"
                                + " AND state = 'taken'")
                .bind("turn", turn.value())
                .execute();
    }

    /** The newest ticket the session ever had; 0 without any. */
    static long newest(Handle handle, SessionKey session) {
        return handle.createQuery(
                        "SELECT coalesce(max(ticket), 0) FROM turn_input"
                                + " WHERE session_key = :session")
                .bind("session", session.value())
                .mapTo(Long.class)
                .one();
    }

    private static String name(QueuedInput.State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private static QueuedInput input(ResultSet row) throws SQLException {
        return new QueuedInput(
                row.getLong("ticket"),
                QueuedInput.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                Optional.ofNullable(row.getString("input_key")).map(InputKey::new),
                row.getInt("summarized") == 1,
                row.getInt("urgent") == 1,
                StoredJson.source(row.getString("source")),
                ReplyMode.valueOf(row.getString("reply_mode")),
                StoredJson.queue(row.getString("queue")),
                Optional.ofNullable(row.getString("model")),
                Instant.ofEpochMilli(row.getLong("submitted_at")),
                row.getInt("ambient") == 1,
                end(row));
    }

    private static Optional<InputEnd> end(ResultSet row) throws SQLException {
        @Nullable String kind = row.getString("end_kind");
        if (kind == null) {
            return Optional.empty();
        }
        @Nullable String notice = row.getString("end_notice");
        return Optional.of(new InputEnd(InputEnd.Kind.valueOf(kind), notice == null ? "" : notice));
    }
}
