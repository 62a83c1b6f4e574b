package dev.chela.channels.inbox;

import dev.chela.channels.Cursor;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The SQL of {@code cursor}. */
final class CursorTable {

    private CursorTable() {}

    static void put(Handle db, Cursor cursor, Instant now) {
        db.createUpdate(
                        "INSERT INTO cursor (channel, account, source, position, updated_at)"
                                + " VALUES (:channel, :account, :source, :position, :now)"
                                + " ON CONFLICT (channel, account, source) DO UPDATE SET"
                                + " position = excluded.position,"
                                + " updated_at = excluded.updated_at")
                .bind("channel", cursor.channel())
                .bind("account", cursor.account())
                .bind("source", cursor.source())
                .bind("position", cursor.position())
                .bind("now", now.toEpochMilli())
                .execute();
    }

    static Optional<String> position(Handle db, String channel, String account, String source) {
        return db.createQuery(
                        "SELECT position FROM cursor WHERE channel = :channel"
                                + " AND account = :account AND source = :source")
                .bind("channel", channel)
                .bind("account", account)
                .bind("source", source)
                .mapTo(String.class)
                .findOne();
    }
}
