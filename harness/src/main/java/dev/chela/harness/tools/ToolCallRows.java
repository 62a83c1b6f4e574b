package dev.chela.harness.tools;

import dev.chela.config.state.Database;
import dev.chela.harness.ThreadId;
import dev.chela.harness.ToolCall;
import dev.chela.harness.ToolResult;
import dev.chela.harness.TurnId;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/** The {@code tool_call} table. */
final class ToolCallRows {

    private static final int PRUNED_AT_ONCE = 500;

    private final Database database;

    ToolCallRows(Database database) {
        this.database = database;
    }

    /** Writes the call down before it runs, or tells what is known of it. */
    Known begin(String tool, ToolCall call, Instant now) {
        return database.writeNow(
                "tools.begin",
                handle -> {
                    Optional<Known> known = known(handle, call);
                    if (known.isPresent()) {
                        return known.get();
                    }
                    bind(
                                    handle.createUpdate(
                                            """
                                            INSERT INTO tool_call (thread_id, turn_id, call_id,
                                                tool, turn_key, session_key, channel, source,
                                                began_at)
                                            VALUES (:thread, :turn, :call, :tool, :key, :session,
                                                :channel, :source, :now)
                                            """),
                                    call)
                            .bind("tool", tool)
                            .bind("key", call.turn().key().value())
                            .bind("session", call.turn().session().value())
                            .bind("channel", call.turn().source().channel())
                            .bind("source", call.turn().source().token())
                            .bind("now", now.toEpochMilli())
                            .execute();
                    return new Known.Fresh();
                });
    }

    /** Closes the call with its result, unless it is closed. */
    void close(ToolCall call, ToolResult result, Instant now) {
        database.writeNow(
                "tools.close",
                handle ->
                        bind(
                                        handle.createUpdate(
                                                """
                                                UPDATE tool_call SET ended_at = :now,
                                                    success = :success, delivered = :delivered,
                                                    result = :result
                                                WHERE thread_id = :thread AND turn_id = :turn
                                                  AND call_id = :call AND ended_at IS NULL
                                                """),
                                        call)
                                .bind("now", now.toEpochMilli())
                                .bind("success", result.success())
                                .bind("delivered", result.delivered())
                                .bind("result", result.text())
                                .execute());
    }

    /** Whether a call of that turn put something in front of the person who asked. */
    boolean delivered(ThreadId thread, TurnId turn) {
        return database.readNow(
                handle ->
                        handle.createQuery(
                                                """
                                                SELECT count(*) FROM tool_call
                                                WHERE thread_id = :thread AND turn_id = :turn
                                                  AND delivered
                                                """)
                                        .bind("thread", thread.value())
                                        .bind("turn", turn.value())
                                        .mapTo(Integer.class)
                                        .one()
                                > 0);
    }

    /** Takes results, later whole rows, out of calls that began long ago; at most 500 of each. */
    int prune(Instant bodiesBefore, Instant keysBefore) {
        return database.writeNow(
                "tools.prune",
                handle ->
                        handle.createUpdate(
                                                """
                                                DELETE FROM tool_call
                                                WHERE (thread_id, turn_id, call_id) IN (
                                                    SELECT thread_id, turn_id, call_id
                                                    FROM tool_call
                                                    WHERE began_at < :before LIMIT :most)
                                                """)
                                        .bind("before", keysBefore.toEpochMilli())
                                        .bind("most", PRUNED_AT_ONCE)
                                        .execute()
                                + handle.createUpdate(
                                                """
                                                UPDATE tool_call SET result = ''
                                                WHERE (thread_id, turn_id, call_id) IN (
                                                    SELECT thread_id, turn_id, call_id
                                                    FROM tool_call
                                                    WHERE ended_at < :before AND result <> ''
                                                    LIMIT :most)
                                                """)
                                        .bind("before", bodiesBefore.toEpochMilli())
                                        .bind("most", PRUNED_AT_ONCE)
                                        .execute());
    }

    private static Optional<Known> known(Handle handle, ToolCall call) {
        return bind(
                        handle.createQuery(
                                """
                                SELECT ended_at, success, delivered, result FROM tool_call
                                WHERE thread_id = :thread AND turn_id = :turn AND call_id = :call
                                """),
                        call)
                .map(
                        (row, context) ->
                                row.getObject("ended_at") == null
                                        ? (Known) new Known.Begun()
                                        : new Known.Ended(
                                                new ToolResult(
                                                        row.getBoolean("success"),
                                                        row.getString("result"),
                                                        row.getBoolean("delivered"))))
                .findOne();
    }

    private static <S extends SqlStatement<S>> S bind(S statement, ToolCall call) {
        return statement
                .bind("thread", call.thread().value())
                .bind("turn", call.codexTurn().value())
                .bind("call", call.callId());
    }

    /** What the table knows of a call. */
    sealed interface Known {

        /** Nothing until now. */
        record Fresh() implements Known {}

        /** That it began; its effect may have happened. */
        record Begun() implements Known {}

        /** How it ended. */
        record Ended(ToolResult result) implements Known {}
    }
}
