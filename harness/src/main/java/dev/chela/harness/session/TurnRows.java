package dev.chela.harness.session;

import dev.chela.harness.InputKey;
import dev.chela.harness.ReplyMode;
import dev.chela.harness.SessionKey;
import dev.chela.harness.ThreadId;
import dev.chela.harness.TurnId;
import dev.chela.harness.TurnKey;
import dev.chela.harness.TurnOutcome;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** SQL of the {@code turn} table. */
final class TurnRows {

    private TurnRows() {}

    /** The session's turns that were not handed over, oldest first. */
    static List<StoredTurn> open(Handle handle, SessionKey session) {
        return handle.createQuery(
                        """
                        SELECT * FROM turn WHERE session_key = :session AND state <> 'closed'
                        ORDER BY begun_at, rowid
                        """)
                .bind("session", session.value())
                .map((row, context) -> turn(handle, row))
                .list();
    }

    static boolean isOpen(Handle handle, SessionKey session) {
        return handle.createQuery(
                                "SELECT count(*) FROM turn"
                                        + " WHERE session_key = :session AND state <> 'closed'")
                        .bind("session", session.value())
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    static void insert(Handle handle, StoredTurn turn) {
        handle.createUpdate(
                        """
                        INSERT INTO turn (turn_key, session_key, session_id, input_key, source,
                            reply_mode, model, state, begun_at, renewal)
                        VALUES (:key, :session, :id, :input, :source, :mode, :model, 'begun', :at,
                            :renewal)
                        """)
                .bind("key", turn.key().value())
                .bind("session", turn.session().value())
                .bind("id", turn.sessionId())
                .bind("input", turn.input().value())
                .bind("source", StoredJson.ofSource(turn.source()))
                .bind("mode", turn.replyMode().name())
                .bind("model", turn.model())
                .bind("at", turn.begunAt().toEpochMilli())
                .bind("renewal", turn.renewal().map(StoredJson::ofRenewal))
                .execute();
    }

    static void started(Handle handle, TurnKey turn, StoredTurn.Native names) {
        handle.createUpdate(
                        """
                        UPDATE turn SET thread_id = :thread, codex_turn_id = :codex
                        WHERE turn_key = :turn
                        """)
                .bind("thread", names.thread().value())
                .bind("codex", names.turn().value())
                .bind("turn", turn.value())
                .execute();
    }

    static void interrupting(Handle handle, TurnKey turn, TurnOutcome.Cause cause) {
        handle.createUpdate(
                        """
                        UPDATE turn SET interrupt_cause = :cause
                        WHERE turn_key = :turn AND interrupt_cause IS NULL
                        """)
                .bind("cause", cause.name())
                .bind("turn", turn.value())
                .execute();
    }

    static void done(Handle handle, TurnKey turn, TurnOutcome outcome, Instant now) {
        handle.createUpdate(
                        """
                        UPDATE turn SET state = 'done', outcome = :outcome, ended_at = :now
                        WHERE turn_key = :turn AND state = 'begun'
                        """)
                .bind("outcome", StoredJson.ofOutcome(outcome))
                .bind("now", now.toEpochMilli())
                .bind("turn", turn.value())
                .execute();
    }

    static void closed(Handle handle, TurnKey turn, Instant now) {
        handle.createUpdate(
                        """
                        UPDATE turn SET state = 'closed', closed_at = :now
                        WHERE turn_key = :turn AND state = 'done'
                        """)
                .bind("now", now.toEpochMilli())
                .bind("turn", turn.value())
                .execute();
    }

    private static StoredTurn turn(Handle handle, ResultSet row) throws SQLException {
        TurnKey key = new TurnKey(row.getString("turn_key"));
        InputKey input = new InputKey(row.getString("input_key"));
        List<StoredTurn.Prompted> prompt = new ArrayList<>();
        List<Long> steered = new ArrayList<>();
        readInputs(handle, key, input, prompt, steered);
        @Nullable String thread = row.getString("thread_id");
        return new StoredTurn(
                key,
                new SessionKey(row.getString("session_key")),
                row.getString("session_id"),
                input,
                StoredJson.source(row.getString("source")),
                ReplyMode.valueOf(row.getString("reply_mode")),
                Optional.ofNullable(row.getString("model")),
                prompt,
                steered,
                Optional.ofNullable(row.getString("interrupt_cause"))
                        .map(TurnOutcome.Cause::valueOf),
                thread == null
                        ? Optional.empty()
                        : Optional.of(
                                new StoredTurn.Native(
                                        new ThreadId(thread),
                                        new TurnId(row.getString("codex_turn_id")))),
                Optional.ofNullable(row.getString("outcome")).map(StoredJson::outcome),
                Instant.ofEpochMilli(row.getLong("begun_at")),
                Optional.ofNullable(row.getString("renewal")).map(StoredJson::renewal));
    }

    private static void readInputs(
            Handle handle,
            TurnKey turn,
            InputKey input,
            List<StoredTurn.Prompted> prompt,
            List<Long> steered) {
        handle.createQuery(
                        """
                        SELECT ticket, input_key, summarized FROM turn_input
                        WHERE turn_key = :turn AND state = 'taken' ORDER BY ticket
                        """)
                .bind("turn", turn.value())
                .map(
                        (row, context) -> {
                            long ticket = row.getLong("ticket");
                            if (row.getString("input_key").equals(input.value())) {
                                prompt.add(
                                        new StoredTurn.Prompted(
                                                ticket, row.getInt("summarized") == 1));
                            } else {
                                steered.add(ticket);
                            }
                            return ticket;
                        })
                .list();
    }
}
