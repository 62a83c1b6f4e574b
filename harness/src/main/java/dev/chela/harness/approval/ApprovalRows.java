package dev.chela.harness.approval;

import dev.chela.config.state.Database;
import dev.chela.harness.SessionKey;
import dev.chela.harness.ThreadId;
import dev.chela.harness.TurnId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

/** The {@code approval} table. */
final class ApprovalRows {

    private static final RowMapper<Approval> ROW = (row, context) -> approval(row);

    private final Database database;

    ApprovalRows(Database database) {
        this.database = database;
    }

    /**
     * Stores a request and opens it. One that came from the same place of Codex before is found
     * instead; if it is still open its time is extended. Where that place may ask the same several
     * times, one whose decision was taken is not found again.
     */
    Approval open(
            ApprovalRequest request, Instant now, Instant expiresAt, Supplier<ApprovalId> ids) {
        return database.writeNow(
                "approval.ask",
                handle -> {
                    Optional<String> key = request.origin().map(Origin::key);
                    for (int round = 2; key.isPresent(); round++) {
                        Optional<Approval> known = byOrigin(handle, key.get());
                        if (known.isEmpty()) {
                            break;
                        }
                        if (!request.kind().recurs() || !isTaken(handle, known.get().id())) {
                            return extend(handle, known.get(), expiresAt);
                        }
                        key = Optional.of(request.origin().orElseThrow().key() + "#" + round);
                    }
                    Approval fresh =
                            new Approval(
                                    unused(handle, ids),
                                    request,
                                    now,
                                    expiresAt,
                                    Optional.empty(),
                                    Optional.empty());
                    insert(handle, fresh, key);
                    return fresh;
                });
    }

    /** Whoever asked has the decision now. */
    void taken(ApprovalId id, Instant now) {
        database.writeNow(
                "approval.take",
                handle ->
                        handle.createUpdate("UPDATE approval SET taken_at = :now WHERE id = :id")
                                .bind("now", now.toEpochMilli())
                                .bind("id", id.value())
                                .execute());
    }

    /** The turn that asked is over and has its answers: what was said in secret is not kept. */
    void forgetSecrets(ThreadId thread, TurnId turn) {
        List<Approval> told =
                answered(thread, turn).stream().filter(ApprovalRows::hasSecret).toList();
        if (told.isEmpty()) {
            return;
        }
        database.writeNow(
                "approval.take",
                handle -> {
                    told.forEach(one -> discreet(handle, one));
                    return true;
                });
    }

    private List<Approval> answered(ThreadId thread, TurnId turn) {
        return database.readNow(
                handle ->
                        handle.createQuery(
                                        """
                                        SELECT * FROM approval
                                        WHERE thread_id = :thread AND turn_id = :turn
                                          AND kind = :kind AND decision IS NOT NULL
                                        """)
                                .bind("thread", thread.value())
                                .bind("turn", turn.value())
                                .bind("kind", ApprovalRequest.Kind.QUESTION.name())
                                .map(ROW)
                                .list());
    }

    private static boolean hasSecret(Approval question) {
        return question.decision()
                .filter(decision -> !question.request().discreet(decision).equals(decision))
                .isPresent();
    }

    private static void discreet(Handle handle, Approval question) {
        Decision decision = question.decision().orElseThrow();
        handle.createUpdate("UPDATE approval SET decision = :decision WHERE id = :id")
                .bind("decision", ApprovalJson.decision(question.request().discreet(decision)))
                .bind("id", question.id().value())
                .execute();
    }

    /** Its prompt says how it ended. */
    void told(ApprovalId id) {
        database.writeNow(
                "approval.tell",
                handle ->
                        handle.createUpdate("UPDATE approval SET untold = 0 WHERE id = :id")
                                .bind("id", id.value())
                                .execute());
    }

    /** What ended and may still be shown as open, oldest first. */
    List<Approval> untold() {
        return database.readNow(
                handle ->
                        handle.createQuery(
                                        "SELECT * FROM approval WHERE untold = 1"
                                                + " ORDER BY decided_at, id")
                                .map(ROW)
                                .list());
    }

    /** Settles it if it is open; empty if it is not. */
    Optional<Approval> settle(ApprovalId id, Ending ending) {
        return database.writeNow("approval.decide", handle -> settle(handle, id, ending));
    }

    /** Ends it if it is open and its time has passed. */
    Optional<Approval> expire(ApprovalId id, Instant now) {
        return database.writeNow(
                "approval.expire",
                handle ->
                        byId(handle, id)
                                .filter(found -> !found.expiresAt().isAfter(now))
                                .flatMap(
                                        found ->
                                                settle(
                                                        handle,
                                                        id,
                                                        Ending.of(new Decision.TimedOut(), now))));
    }

    Optional<Approval> find(ApprovalId id) {
        return database.readNow(handle -> byId(handle, id));
    }

    /** All whose id begins with {@code prefix}, open ones first, at most {@code limit}. */
    List<Approval> withPrefix(String prefix, int limit) {
        return database.readNow(
                handle ->
                        handle.createQuery(
                                        """
                                        SELECT * FROM approval WHERE id LIKE :prefix
                                        ORDER BY decision IS NOT NULL, asked_at DESC LIMIT :limit
                                        """)
                                .bind("prefix", prefix + "%")
                                .bind("limit", limit)
                                .map(ROW)
                                .list());
    }

    /** What is open in a session, and what the message with that ticket has answered before. */
    List<Approval> answerable(SessionKey session, long ticket) {
        return database.readNow(
                handle ->
                        handle.createQuery(
                                        """
                                        SELECT * FROM approval
                                        WHERE session_key = :session AND decision IS NULL
                                        UNION ALL
                                        SELECT * FROM approval WHERE ticket = :ticket
                                        ORDER BY asked_at, id
                                        """)
                                .bind("session", session.value())
                                .bind("ticket", ticket)
                                .map(ROW)
                                .list());
    }

    List<Approval> openOf(SessionKey session) {
        return database.readNow(
                handle ->
                        handle.createQuery(
                                        """
                                        SELECT * FROM approval
                                        WHERE session_key = :session AND decision IS NULL
                                        ORDER BY asked_at, id
                                        """)
                                .bind("session", session.value())
                                .map(ROW)
                                .list());
    }

    List<Approval> openOf(ThreadId thread, TurnId turn) {
        return database.readNow(
                handle ->
                        handle.createQuery(
                                        """
                                        SELECT * FROM approval
                                        WHERE thread_id = :thread AND turn_id = :turn
                                          AND decision IS NULL
                                        ORDER BY asked_at, id
                                        """)
                                .bind("thread", thread.value())
                                .bind("turn", turn.value())
                                .map(ROW)
                                .list());
    }

    List<Approval> allOpen() {
        return database.readNow(
                handle ->
                        handle.createQuery(
                                        "SELECT * FROM approval WHERE decision IS NULL"
                                                + " ORDER BY asked_at, id")
                                .map(ROW)
                                .list());
    }

    private static ApprovalId unused(Handle handle, Supplier<ApprovalId> ids) {
        ApprovalId id = ids.get();
        while (byId(handle, id).isPresent()) {
            id = ids.get();
        }
        return id;
    }

    private static Approval extend(Handle handle, Approval known, Instant expiresAt) {
        if (!known.isOpen() || !expiresAt.isAfter(known.expiresAt())) {
            return known;
        }
        handle.createUpdate("UPDATE approval SET expires_at = :at WHERE id = :id")
                .bind("at", expiresAt.toEpochMilli())
                .bind("id", known.id().value())
                .execute();
        return new Approval(
                known.id(),
                known.request(),
                known.askedAt(),
                expiresAt,
                Optional.empty(),
                Optional.empty());
    }

    private static Optional<Approval> settle(Handle handle, ApprovalId id, Ending ending) {
        int changed =
                handle.createUpdate(
                                """
                                UPDATE approval
                                SET decision = :decision, decided_by = :who, decided_at = :now,
                                    ticket = :ticket, untold = 1
                                WHERE id = :id AND decision IS NULL
                                """)
                        .bind("decision", ApprovalJson.decision(ending.decision()))
                        .bind("who", ending.who())
                        .bind("now", ending.at().toEpochMilli())
                        .bind("ticket", ending.ticket())
                        .bind("id", id.value())
                        .execute();
        if (changed == 0) {
            return Optional.empty();
        }
        Optional<Approval> settled = byId(handle, id);
        settled.ifPresent(end -> MemoryRows.learn(handle, end, ending.at()));
        return settled;
    }

    private static boolean isTaken(Handle handle, ApprovalId id) {
        return handle.createQuery(
                                """
                                SELECT count(*) FROM approval
                                WHERE id = :id AND taken_at IS NOT NULL
                                """)
                        .bind("id", id.value())
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    private static void insert(Handle handle, Approval approval, Optional<String> originKey) {
        ApprovalRequest request = approval.request();
        handle.createUpdate(
                        """
                        INSERT INTO approval (id, kind, session_key, channel, source, asker_id,
                            thread_id, turn_id, origin_key, title, description, body,
                            asked_at, expires_at)
                        VALUES (:id, :kind, :session, :channel, :source, :asker,
                            :thread, :turn, :origin, :title, :description, :body,
                            :asked, :expires)
                        """)
                .bind("id", approval.id().value())
                .bind("kind", request.kind().name())
                .bind("session", request.session().value())
                .bind("channel", request.source().channel())
                .bind("source", ApprovalJson.source(request.source()))
                .bind("asker", request.source().askerId())
                .bind("thread", request.origin().map(origin -> origin.thread().value()))
                .bind("turn", request.origin().map(origin -> origin.turn().value()))
                .bind("origin", originKey)
                .bind("title", request.title())
                .bind("description", request.description())
                .bind("body", ApprovalJson.body(request))
                .bind("asked", approval.askedAt().toEpochMilli())
                .bind("expires", approval.expiresAt().toEpochMilli())
                .execute();
    }

    private static Optional<Approval> byId(Handle handle, ApprovalId id) {
        return handle.createQuery("SELECT * FROM approval WHERE id = :id")
                .bind("id", id.value())
                .map(ROW)
                .findOne();
    }

    private static Optional<Approval> byOrigin(Handle handle, String key) {
        return handle.createQuery("SELECT * FROM approval WHERE origin_key = :key")
                .bind("key", key)
                .map(ROW)
                .findOne();
    }

    private static Approval approval(ResultSet row) throws SQLException {
        ApprovalJson.Body body = ApprovalJson.body(row.getString("body"));
        ApprovalRequest request =
                new ApprovalRequest(
                        ApprovalRequest.Kind.valueOf(row.getString("kind")),
                        new SessionKey(row.getString("session_key")),
                        ApprovalJson.source(row.getString("source")),
                        origin(row),
                        row.getString("title"),
                        row.getString("description"),
                        body.choices(),
                        body.questions(),
                        Optional.ofNullable(body.fingerprint()));
        @Nullable String decision = row.getString("decision");
        return new Approval(
                new ApprovalId(row.getString("id")),
                request,
                Instant.ofEpochMilli(row.getLong("asked_at")),
                Instant.ofEpochMilli(row.getLong("expires_at")),
                Optional.ofNullable(decision).map(ApprovalJson::decision),
                Optional.ofNullable(row.getString("decided_by")));
    }

    private static Optional<Origin> origin(ResultSet row) throws SQLException {
        @Nullable String key = row.getString("origin_key");
        if (key == null) {
            return Optional.empty();
        }
        String thread = row.getString("thread_id");
        String turn = row.getString("turn_id");
        int before = thread.length() + turn.length() + 2;
        String item = key.substring(before);
        // The round of what may come several times is the row's, not Codex's.
        boolean round =
                ApprovalRequest.Kind.valueOf(row.getString("kind")).recurs()
                        && item.matches(".*#\\d+");
        return Optional.of(
                new Origin(
                        new ThreadId(thread),
                        new TurnId(turn),
                        round ? item.substring(0, item.lastIndexOf('#')) : item));
    }
}
