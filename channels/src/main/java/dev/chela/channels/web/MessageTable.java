package dev.chela.channels.web;

import dev.chela.config.state.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** The messages of one account; every change gives the row the next number. */
final class MessageTable {

    private static final String NEXT = "(select coalesce(max(seq), 0) + 1 from web_message)";
    private static final int KEPT_PER_CHAT = 2_000;

    private final Database database;
    private final String account;

    MessageTable(Database database, String account) {
        this.database = database;
        this.account = account;
    }

    /** Stores a message unless its key is known; the stored one's id, empty if the id is taken. */
    Optional<String> keep(String job, Draft draft) {
        return database.writeNow(job, handle -> keep(handle, draft));
    }

    private Optional<String> keep(Handle handle, Draft draft) {
        String author = draft.fromBot() ? "bot" : "person";
        handle.createUpdate(
                        """
                        insert into web_message (id, account, chat, seq, born, author, send_key,
                            markdown, extras, accepted, at)
                        values (:id, :account, :chat, NEXT, NEXT, :author, :key,
                            :markdown, :extras, :accepted, :at)
                        on conflict do nothing
                        """
                                .replace("NEXT", NEXT))
                .bind("id", draft.id())
                .bind("account", account)
                .bind("chat", draft.chat())
                .bind("author", author)
                .bind("key", draft.key())
                .bind("markdown", draft.markdown())
                .bind("extras", draft.extras().json())
                .bind("accepted", draft.fromBot() ? 1 : 0)
                .bind("at", draft.at().toEpochMilli())
                .execute();
        Optional<String> id = byKey(handle, author, draft.key());
        if (id.filter(draft.id()::equals).isPresent()) {
            claimFiles(handle, draft.id(), draft.extras());
        }
        return id;
    }

    /** The message of ours that was stored under {@code key}. */
    Optional<String> sent(String key) {
        return database.readNow(handle -> byKey(handle, "bot", key));
    }

    private Optional<String> byKey(Handle handle, String author, String key) {
        return handle.createQuery(
                        """
                        select id from web_message where account = :account
                        and author = :author and send_key = :key
                        """)
                .bind("account", account)
                .bind("author", author)
                .bind("key", key)
                .mapTo(String.class)
                .findOne();
    }

    /** Notes that the inbox has a person's message. */
    void accepted(String id) {
        var unused =
                database.write(
                        "web.accepted",
                        handle ->
                                handle.createUpdate(
                                                "update web_message set accepted = 1"
                                                        + " where id = :id")
                                        .bind("id", id)
                                        .execute());
    }

    /** A person's messages that the inbox may not have, oldest first. */
    List<StoredMessage> notAccepted() {
        return database.readNow(
                handle ->
                        handle.createQuery(
                                        """
                                        select * from web_message where account = :account
                                        and accepted = 0 order by born limit 1000
                                        """)
                                .bind("account", account)
                                .map((row, context) -> read(row))
                                .list());
    }

    /** Replaces words and buttons; a press belongs to the buttons it was made on. */
    Optional<String> edit(String id, String markdown, Extras extras) {
        String kept =
                "case when json_extract(extras, '$.buttons') = json_extract(:extras, '$.buttons')"
                        + " then %1$s end";
        String assignments =
                "pressed = "
                        + kept.formatted("pressed")
                        + ", notice = "
                        + kept.formatted("notice")
                        + ", markdown = :markdown, extras = :extras, edited = 1";
        Update values = update -> update.bind("markdown", markdown).bind("extras", extras.json());
        return change("web.edit", id, assignments, values, extras);
    }

    Optional<String> delete(String id) {
        return change("web.delete", id, "deleted = 1, markdown = ''", update -> {}, Extras.NONE);
    }

    Optional<String> react(String id, @Nullable String emoji) {
        return change("web.react", id, "reaction = :value", value(emoji), Extras.NONE);
    }

    Optional<String> press(String id, String data, String pressId) {
        String assignments = "pressed = :data, press_id = :press, notice = null";
        Update values = update -> update.bind("data", data).bind("press", pressId);
        return change("web.press", id, assignments, values, Extras.NONE);
    }

    Optional<String> notice(String id, String notice) {
        return change("web.notice", id, "notice = :value", value(notice), Extras.NONE);
    }

    private static Update value(@Nullable String value) {
        return update -> update.bind("value", value);
    }

    /** Changes a message that is there; its chat, or empty if it is not. */
    private Optional<String> change(
            String job, String id, String assignments, Update values, Extras extras) {
        return database.writeNow(
                job,
                handle -> {
                    var update =
                            handle.createQuery(
                                            "update web_message set %s, seq = %s"
                                                            .formatted(assignments, NEXT)
                                                    + " where id = :id and account = :account"
                                                    + " and deleted = 0 returning chat")
                                    .bind("id", id)
                                    .bind("account", account);
                    values.bindTo(update);
                    Optional<String> chat = update.mapTo(String.class).findOne();
                    claimFiles(handle, id, extras);
                    return chat;
                });
    }

    /** Binds what a change assigns. */
    @FunctionalInterface
    private interface Update {
        void bindTo(Query update);
    }

    Optional<StoredMessage> find(String id) {
        return database.readNow(
                handle ->
                        handle.createQuery(
                                        """
                                        select * from web_message where id = :id
                                        and account = :account and deleted = 0
                                        """)
                                .bind("id", id)
                                .bind("account", account)
                                .map((row, context) -> read(row))
                                .findOne());
    }

    long newest() {
        return database.readNow(
                handle ->
                        handle.createQuery("select coalesce(max(seq), 0) from web_message")
                                .mapTo(Long.class)
                                .one());
    }

    /** What changed in a chat after {@code seq}, deletions too, in the order of change. */
    List<StoredMessage> changes(String chat, long seq, int max) {
        return list(chat, "seq > :bound order by seq limit :max", seq, max);
    }

    /** The last {@code max} messages born before {@code born}, oldest first. */
    List<StoredMessage> before(String chat, long born, int max) {
        List<StoredMessage> found =
                new ArrayList<>(
                        list(
                                chat,
                                "born < :bound and deleted = 0 order by born desc limit :max",
                                born,
                                max));
        Collections.reverse(found);
        return found;
    }

    private List<StoredMessage> list(String chat, String condition, long bound, int max) {
        return database.readNow(
                handle ->
                        handle.createQuery(
                                        "select * from web_message where account = :account"
                                                + " and chat = :chat and "
                                                + condition)
                                .bind("account", account)
                                .bind("chat", chat)
                                .bind("bound", bound)
                                .bind("max", max)
                                .map((row, context) -> read(row))
                                .list());
    }

    /** Every chat with its newest message, newest chat first. */
    List<StoredMessage> chats() {
        return database.readNow(
                handle ->
                        handle.createQuery(
                                        """
                                        select * from web_message where account = :account
                                        and born in (select max(born) from web_message
                                            where account = :account and deleted = 0
                                            group by chat)
                                        order by born desc limit 100
                                        """)
                                .bind("account", account)
                                .map((row, context) -> read(row))
                                .list());
    }

    /** Drops what is old by place and by change, so that no page misses a deletion. */
    void prune() {
        database.writeNow(
                "web.prune",
                handle ->
                        handle.createUpdate(
                                        """
                                        delete from web_message where accepted = 1 and id in (
                                            select id from (select id,
                                                row_number() over (partition by account, chat
                                                    order by born desc) as place,
                                                row_number() over (partition by account, chat
                                                    order by seq desc) as change
                                                from web_message)
                                            where place > :kept and change > :kept)
                                        """)
                                .bind("kept", KEPT_PER_CHAT)
                                .execute());
    }

    private static void claimFiles(Handle handle, String id, Extras extras) {
        for (StoredFile file : extras.files()) {
            handle.createUpdate("update web_file set message = :message where id = :id")
                    .bind("message", id)
                    .bind("id", file.id())
                    .execute();
        }
    }

    private static StoredMessage read(ResultSet row) throws SQLException {
        return new StoredMessage(
                row.getString("id"),
                row.getString("chat"),
                row.getLong("seq"),
                row.getLong("born"),
                row.getString("author").equals("bot"),
                row.getString("send_key"),
                row.getString("markdown"),
                Extras.parse(row.getString("extras")),
                row.getString("pressed"),
                row.getString("press_id"),
                row.getString("notice"),
                row.getString("reaction"),
                Instant.ofEpochMilli(row.getLong("at")),
                row.getBoolean("edited"),
                row.getBoolean("deleted"));
    }

    /** A message about to be stored. */
    record Draft(
            String id,
            String chat,
            boolean fromBot,
            String key,
            String markdown,
            Extras extras,
            Instant at) {}
}
