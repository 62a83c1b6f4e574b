package dev.chela.harness.approval;

import dev.chela.config.state.Database;
import dev.chela.harness.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Takes the words, later all, out of approvals that ended long ago; open ones stay. */
final class ApprovalPruning {

    private static final int ROWS_AT_ONCE = 500;
    private static final int ROUNDS_MAX = 200;
    private static final String EMPTY_BODY = "{\"choices\":[],\"questions\":[]}";

    private final Database database;

    ApprovalPruning(Database database) {
        this.database = database;
    }

    /** Returns how many rows lost something. */
    int prune(Duration bodies, Duration keys, Instant now) {
        int pruned = database.writeNow("approval.unlearn", handle -> memories(handle, now));
        for (int round = 0; round < ROUNDS_MAX; round++) {
            int touched =
                    database.writeNow(
                            "approval.prune",
                            handle ->
                                    keys(handle, now.minus(keys))
                                            + bodies(handle, now.minus(bodies)));
            pruned += touched;
            if (touched == 0) {
                break;
            }
        }
        return pruned;
    }

    private static int memories(Handle handle, Instant now) {
        return handle.createUpdate("DELETE FROM approval_memory WHERE allowed_at <= :before")
                .bind("before", now.minus(MemoryRows.WINDOW).toEpochMilli())
                .execute();
    }

    private static int keys(Handle handle, Instant before) {
        return handle.createUpdate(
                        """
                        DELETE FROM approval WHERE id IN (
                            SELECT id FROM approval WHERE decided_at < :before LIMIT :most)
                        """)
                .bind("before", before.toEpochMilli())
                .bind("most", ROWS_AT_ONCE)
                .execute();
    }

    private static int bodies(Handle handle, Instant before) {
        List<Worded> worded =
                handle.createQuery(
                                """
                                SELECT id, source, decision FROM approval
                                WHERE decided_at < :before AND title <> '' LIMIT :most
                                """)
                        .bind("before", before.toEpochMilli())
                        .bind("most", ROWS_AT_ONCE)
                        .map(
                                (row, context) ->
                                        new Worded(
                                                row.getString("id"),
                                                row.getString("source"),
                                                row.getString("decision")))
                        .list();
        worded.forEach(row -> silence(handle, row));
        return worded.size();
    }

    private static void silence(Handle handle, Worded row) {
        handle.createUpdate(
                        """
                        UPDATE approval SET title = '', description = '', body = :body,
                            source = :source, decision = :decision
                        WHERE id = :id
                        """)
                .bind("body", EMPTY_BODY)
                .bind("source", ApprovalJson.source(nameless(ApprovalJson.source(row.source()))))
                .bind("decision", ApprovalJson.wordless(row.decision()))
                .bind("id", row.id())
                .execute();
    }

    private static Source nameless(Source source) {
        return new Source(
                source.token(),
                source.kind(),
                source.channel(),
                source.askerId(),
                "",
                source.owner());
    }

    private record Worded(String id, String source, String decision) {}
}
