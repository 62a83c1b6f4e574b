package dev.chela.channels.web;

import dev.chela.config.state.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The names and types of kept files. */
final class FileTable {

    private static final Duration UNSENT_MAX = Duration.ofDays(1);

    private final Database database;
    private final String account;

    FileTable(Database database, String account) {
        this.database = database;
        this.account = account;
    }

    void add(StoredFile file, Instant at) {
        database.writeNow(
                "web.file",
                handle ->
                        handle.createUpdate(
                                        """
                                        insert into web_file
                                            (id, account, name, media_type, bytes, at)
                                        values (:id, :account, :name, :type, :bytes, :at)
                                        """)
                                .bind("id", file.id())
                                .bind("account", account)
                                .bind("name", file.name())
                                .bind("type", file.mediaType())
                                .bind("bytes", file.bytes())
                                .bind("at", at.toEpochMilli())
                                .execute());
    }

    Optional<StoredFile> find(String id) {
        return database.readNow(
                handle ->
                        handle.createQuery(
                                        """
                                        select * from web_file
                                        where id = :id and account = :account
                                        """)
                                .bind("id", id)
                                .bind("account", account)
                                .map((row, context) -> read(row))
                                .findOne());
    }

    long storedBytes() {
        return database.readNow(
                handle ->
                        handle.createQuery("select coalesce(sum(bytes), 0) from web_file")
                                .mapTo(Long.class)
                                .one());
    }

    /** Forgets files that no message has; their bytes are the caller's to delete. */
    List<String> forgetUnused(Instant now) {
        return database.writeNow(
                "web.forgetFiles",
                handle ->
                        handle.createQuery(
                                        """
                                        delete from web_file where account = :account and (
                                            (message is null and at < :unsent)
                                            or (message is not null and not exists (
                                                select 1 from web_message
                                                where web_message.id = web_file.message
                                                and web_message.deleted = 0)))
                                        returning id
                                        """)
                                .bind("account", account)
                                .bind("unsent", now.minus(UNSENT_MAX).toEpochMilli())
                                .mapTo(String.class)
                                .list());
    }

    private static StoredFile read(ResultSet row) throws SQLException {
        return new StoredFile(
                row.getString("id"),
                row.getString("name"),
                row.getString("media_type"),
                row.getLong("bytes"));
    }
}
