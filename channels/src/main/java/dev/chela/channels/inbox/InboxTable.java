package dev.chela.channels.inbox;

import dev.chela.channels.ChannelEvent;
import dev.chela.channels.EventId;
import dev.chela.channels.Sender;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The SQL of {@code inbox}. */
final class InboxTable {

    private static final String INSERT =
            """
            INSERT INTO inbox (channel, account, event_id, conversation, kind, sender_id,
                sender_name, sender_username, sender_bot, sent_at, received_at, message_id, body,
                quote, attachments, addressed, native_command, owner, commands_allowed, state,
                outcome, detail, closed_at)
            VALUES (:channel, :account, :event, :conversation, :kind, :sender, :name, :username,
                :bot, :sent, :now, :message, :body, :quote, :attachments, :addressed, :native,
                :owner, :commands, :state, :outcome, :detail, :closed)
            ON CONFLICT (channel, account, event_id) DO NOTHING
            RETURNING seq
            """;

    private InboxTable() {}

    /** What a new row is stored as: open, or closed at once with an outcome and its reason. */
    record Fate(@Nullable Outcome outcome, @Nullable String detail, boolean keepsWords) {

        static Fate open() {
            return new Fate(null, null, true);
        }

        static Fate closed(Outcome outcome, @Nullable String detail, boolean keepsWords) {
            return new Fate(outcome, detail, keepsWords);
        }
    }

    /** The ticket of the new row; empty if the event is stored already. */
    static Optional<Long> insert(
            Handle db, ChannelEvent event, Standing standing, Fate fate, Instant now) {
        StoredEvent whole = StoredEvent.of(event);
        StoredEvent stored = fate.keepsWords() ? whole : whole.withoutWords();
        Sender sender = event.sender();
        Outcome outcome = fate.outcome();
        return db.createQuery(INSERT)
                .bind("channel", event.id().channel())
                .bind("account", event.id().account())
                .bind("event", event.id().value())
                .bind("conversation", event.conversation().token())
                .bind("kind", stored.kind())
                .bind("sender", sender.id())
                .bind("name", sender.name())
                .bind("username", sender.username().orElse(null))
                .bind("bot", sender.bot())
                .bind("sent", event.at().toEpochMilli())
                .bind("now", now.toEpochMilli())
                .bind("message", stored.messageId())
                .bind("body", stored.body())
                .bind("quote", stored.quote())
                .bind("attachments", stored.attachments())
                .bind("addressed", standing.addressed())
                .bind("native", stored.nativeCommand())
                .bind("owner", standing.owner())
                .bind("commands", standing.commandsAllowed())
                .bind("state", outcome == null ? "open" : "closed")
                .bind("outcome", outcome == null ? null : outcome.code())
                .bind("detail", fate.detail())
                .bind("closed", outcome == null ? null : now.toEpochMilli())
                .mapTo(Long.class)
                .findOne();
    }

    /** Opens the row of a stranger who has to be told a code. */
    static void openForPairing(Handle db, long seq, String code) {
        db.createUpdate(
                        "UPDATE inbox SET state = 'open', outcome = NULL, detail = NULL,"
                                + " closed_at = NULL, pairing_code = :code WHERE seq = :seq")
                .bind("code", code)
                .bind("seq", seq)
                .execute();
    }

    static int close(
            Handle db,
            Collection<Long> tickets,
            Outcome outcome,
            @Nullable String detail,
            Instant now) {
        if (tickets.isEmpty()) {
            return 0;
        }
        String words =
                switch (outcome) {
                    // Nobody's, or with the question, which keeps them if they are no secret.
                    case REFUSED, PAIRED, ANSWER -> DROP_WORDS;
                    default -> "";
                };
        return db.createUpdate(
                        "UPDATE inbox SET state = 'closed', outcome = :outcome, detail = :detail,"
                                + " closed_at = :now"
                                + words
                                + " WHERE state = 'open' AND seq IN (<tickets>)")
                .bindList("tickets", List.copyOf(tickets))
                .bind("outcome", outcome.code())
                .bind("detail", detail)
                .bind("now", now.toEpochMilli())
                .execute();
    }

    private static final String DROP_WORDS = ", body = NULL, quote = NULL, attachments = NULL";

    static List<String> conversationsWithOpenRows(Handle db) {
        return db.createQuery(
                        "SELECT conversation FROM inbox WHERE state = 'open'"
                                + " GROUP BY conversation ORDER BY min(seq)")
                .mapTo(String.class)
                .list();
    }

    static List<Handed> openAfter(Handle db, String conversation, long seq, int max) {
        return db.createQuery(
                        "SELECT * FROM inbox WHERE conversation = :conversation AND state = 'open'"
                                + " AND seq > :seq ORDER BY seq LIMIT :max")
                .bind("conversation", conversation)
                .bind("seq", seq)
                .bind("max", max)
                .map(
                        (row, context) ->
                                new Handed(
                                        read(row),
                                        Optional.ofNullable(row.getString("pairing_code"))))
                .list();
    }

    /** An open row and the pairing code it carries, if it is a stranger's. */
    record Handed(InboxRow row, Optional<String> pairingCode) {}

    /**
     * Makes one row of several of one sender: the last one gets all words, and speaks to us if any
     * of them did; the others close.
     */
    static Handed join(Handle db, List<Long> tickets, Instant now) {
        long last = tickets.getLast();
        List<InboxRow> open = rows(db, tickets).stream().filter(InboxRow::isOpen).toList();
        String words =
                open.stream()
                        .map(row -> StoredEvent.of(row.event()).body())
                        .filter(Objects::nonNull)
                        .collect(Collectors.joining("\n"));
        db.createUpdate("UPDATE inbox SET body = :words, addressed = :addressed WHERE seq = :last")
                .bind("words", words)
                .bind("addressed", open.stream().anyMatch(row -> row.standing().addressed()))
                .bind("last", last)
                .execute();
        List<Long> earlier = tickets.subList(0, tickets.size() - 1);
        close(db, earlier, Outcome.SUPERSEDED, "its words went into the next message " + last, now);
        return new Handed(rows(db, List.of(last)).getFirst(), Optional.empty());
    }

    static List<InboxRow> rows(Handle db, Collection<Long> tickets) {
        if (tickets.isEmpty()) {
            return List.of();
        }
        return db.createQuery("SELECT * FROM inbox WHERE seq IN (<tickets>) ORDER BY seq")
                .bindList("tickets", List.copyOf(tickets))
                .map((row, context) -> read(row))
                .list();
    }

    static Optional<InboxRow> ofEvent(Handle db, EventId event) {
        return db.createQuery(
                        "SELECT * FROM inbox WHERE channel = :channel AND account = :account"
                                + " AND event_id = :event")
                .bind("channel", event.channel())
                .bind("account", event.account())
                .bind("event", event.value())
                .map((row, context) -> read(row))
                .findOne();
    }

    static List<InboxRow> open(Handle db) {
        return db.createQuery("SELECT * FROM inbox WHERE state = 'open' ORDER BY seq")
                .map((row, context) -> read(row))
                .list();
    }

    static InboxRow read(ResultSet row) throws SQLException {
        return new InboxRow(
                row.getLong("seq"),
                StoredEvent.read(row),
                new Standing(
                        row.getBoolean("owner"),
                        row.getBoolean("commands_allowed"),
                        row.getBoolean("addressed")),
                Instant.ofEpochMilli(row.getLong("received_at")),
                Optional.ofNullable(row.getString("outcome")).map(Outcome::of),
                Optional.ofNullable(row.getString("detail")));
    }

    /** Rows by outcome; those still open under {@code open}. */
    static Map<String, Long> tally(Handle db) {
        return db.createQuery(
                        """
                        SELECT COALESCE(outcome, 'open') AS name, COUNT(*) AS rows
                        FROM inbox GROUP BY outcome
                        """)
                .reduceRows(
                        new TreeMap<String, Long>(),
                        (tally, row) -> {
                            tally.put(
                                    row.getColumn("name", String.class),
                                    row.getColumn("rows", Long.class));
                            return tally;
                        });
    }
}
