package dev.chela.channels.delivery;

import dev.chela.channels.Chunk;
import dev.chela.channels.Conversation;
import dev.chela.channels.delivery.OutboxRow.Action;
import dev.chela.channels.delivery.OutboxRow.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** The SQL that reads {@code outbox} and puts rows into it. */
final class OutboxTable {

    private static final String INSERT =
            """
            INSERT INTO outbox (intent, part, channel, account, conversation, turn_key, action,
                target, target_row, ends_preview, said, chunk, state, attempts, due_at, reason,
                created_at, changed_at)
            VALUES (:intent, :part, :channel, :account, :conversation, :turn, :action, :target,
                :targetRow, :endsPreview, :said, :chunk, :state, 0, :now, :reason, :now, :now)
            ON CONFLICT (intent, part) DO NOTHING
            """;

    private OutboxTable() {}

    /** Stores a row, waiting to be sent, or failed at once if {@code refusal} says why. */
    static void insert(Handle db, Draft draft, Optional<String> refusal, Instant now) {
        Conversation to = draft.to();
        db.createUpdate(INSERT)
                .bind("intent", draft.intent())
                .bind("part", draft.part())
                .bind("channel", to.channel())
                .bind("account", to.account())
                .bind("conversation", to.token())
                .bind("turn", draft.turn().orElse(null))
                .bind("action", draft.action().code())
                .bind("target", draft.target().orElse(null))
                .bind("targetRow", draft.targetRow().orElse(null))
                .bind("endsPreview", draft.endsPreview())
                .bind("said", draft.said().orElse(null))
                .bind("chunk", draft.chunk().map(ChunkJson::write).orElse(null))
                .bind("state", (refusal.isPresent() ? State.FAILED : State.QUEUED).code())
                .bind("reason", refusal.orElse(null))
                .bind("now", now.toEpochMilli())
                .execute();
    }

    static void insertAll(Handle db, List<Draft> drafts, Instant now) {
        drafts.forEach(draft -> insert(db, draft, Optional.empty(), now));
    }

    static boolean exists(Handle db, String intent) {
        return count(
                        db.createQuery("SELECT count(*) FROM outbox WHERE intent = :intent")
                                .bind("intent", intent))
                > 0;
    }

    static int waiting(Handle db, String conversation) {
        return count(
                db.createQuery(
                                "SELECT count(*) FROM outbox WHERE conversation = :conversation"
                                        + " AND state IN ('queued', 'asking')")
                        .bind("conversation", conversation));
    }

    /** Parts that have not ended: waiting ones and the one under way, each by its index. */
    static int unsettled(Handle db, String conversation) {
        return waiting(db, conversation)
                + count(
                        db.createQuery(
                                        "SELECT count(*) FROM outbox WHERE state = 'started'"
                                                + " AND conversation = :conversation")
                                .bind("conversation", conversation));
    }

    /** How many intents there are whose id is {@code parent}, a colon and something more. */
    static int intentsUnder(Handle db, String parent) {
        return count(
                db.createQuery(
                                "SELECT count(DISTINCT intent) FROM outbox"
                                        + " WHERE intent > :from AND intent < :to")
                        .bind("from", parent + ":")
                        // The character after the colon, so that the index of ids is used.
                        .bind("to", parent + ";"));
    }

    private static int count(Query query) {
        return query.mapTo(Integer.class).one();
    }

    /** What a conversation does next. */
    static Optional<OutboxRow> head(Handle db, String conversation) {
        return db.createQuery(
                        "SELECT * FROM outbox WHERE conversation = :conversation"
                                + " AND state IN ('queued', 'asking') ORDER BY id LIMIT 1")
                .bind("conversation", conversation)
                .map((row, context) -> read(row))
                .findOne();
    }

    static Optional<OutboxRow> row(Handle db, long id) {
        return db.createQuery("SELECT * FROM outbox WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> read(row))
                .findOne();
    }

    static List<OutboxRow> ofIntent(Handle db, String intent) {
        return db.createQuery("SELECT * FROM outbox WHERE intent = :intent ORDER BY part")
                .bind("intent", intent)
                .map((row, context) -> read(row))
                .list();
    }

    static List<OutboxRow> started(Handle db) {
        return db.createQuery("SELECT * FROM outbox WHERE state = 'started' ORDER BY id")
                .map((row, context) -> read(row))
                .list();
    }

    static List<OutboxRow> waiting(Handle db) {
        return db.createQuery(
                        "SELECT * FROM outbox WHERE state IN ('queued', 'asking') ORDER BY id")
                .map((row, context) -> read(row))
                .list();
    }

    /** An edit of the row that has not been tried yet. */
    static Optional<Long> untriedEdit(Handle db, long row) {
        return db.createQuery(
                        "SELECT id FROM outbox WHERE target_row = :row AND action = 'edit'"
                                + " AND state = 'queued' AND attempts = 0 ORDER BY id DESC LIMIT 1")
                .bind("row", row)
                .mapTo(Long.class)
                .findOne();
    }

    /** The words of a turn in a conversation that arrived or are on their way. */
    static List<String> said(Handle db, String turn, String conversation) {
        return db.createQuery(
                        "SELECT said FROM outbox WHERE turn_key = :turn"
                                + " AND conversation = :conversation AND said IS NOT NULL"
                                + " AND state NOT IN ('failed', 'unknown') ORDER BY id")
                .bind("turn", turn)
                .bind("conversation", conversation)
                .mapTo(String.class)
                .list();
    }

    static boolean isOurs(Handle db, String conversation, String messageId) {
        return count(
                        db.createQuery(
                                        "SELECT count(*) FROM outbox WHERE"
                                                + " conversation = :conversation"
                                                + " AND message_id = :message"
                                                + " AND state = 'acknowledged'")
                                .bind("conversation", conversation)
                                .bind("message", messageId))
                > 0;
    }

    /** Whether we reacted to that message other than to acknowledge it. */
    static boolean hasReacted(Handle db, String conversation, String messageId) {
        return count(
                        db.createQuery(
                                        "SELECT count(*) FROM outbox WHERE"
                                                + " conversation = :conversation"
                                                + " AND message_id = :message AND action = 'react'"
                                                + " AND intent NOT LIKE :ack || '%'")
                                .bind("conversation", conversation)
                                .bind("message", messageId)
                                .bind("ack", Intent.ACK))
                > 0;
    }

    private static OutboxRow read(ResultSet row) throws SQLException {
        long targetRow = row.getLong("target_row");
        Optional<Long> target = row.wasNull() ? Optional.empty() : Optional.of(targetRow);
        Optional<Chunk> chunk = Optional.ofNullable(row.getString("chunk")).map(ChunkJson::read);
        return new OutboxRow(
                row.getLong("id"),
                row.getString("intent"),
                row.getInt("part"),
                Conversation.parse(row.getString("conversation")),
                Optional.ofNullable(row.getString("turn_key")),
                Action.of(row.getString("action")),
                Optional.ofNullable(row.getString("target")),
                target,
                row.getBoolean("ends_preview"),
                chunk,
                State.of(row.getString("state")),
                row.getInt("attempts"),
                Instant.ofEpochMilli(row.getLong("due_at")),
                Optional.ofNullable(row.getString("message_id")),
                Optional.ofNullable(row.getString("reason")));
    }

    static Map<String, Long> tally(Handle db) {
        return db.createQuery("SELECT state, COUNT(*) AS parts FROM outbox GROUP BY state")
                .reduceRows(
                        new TreeMap<String, Long>(),
                        (tally, row) -> {
                            tally.put(
                                    row.getColumn("state", String.class),
                                    row.getColumn("parts", Long.class));
                            return tally;
                        });
    }
}
