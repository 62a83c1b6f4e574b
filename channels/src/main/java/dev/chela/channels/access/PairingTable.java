package dev.chela.channels.access;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The SQL of {@code pairing} and {@code access}. */
final class PairingTable {

    private static final String WHO = " channel = :channel AND account = :account";

    private PairingTable() {}

    static Optional<PairingRequest> pending(
            Handle db, String channel, String account, String person, Instant now) {
        return db.createQuery(
                        "SELECT * FROM pairing WHERE"
                                + WHO
                                + " AND person = :person AND expires_at > :now")
                .bind("channel", channel)
                .bind("account", account)
                .bind("person", person)
                .bind("now", now.toEpochMilli())
                .map((row, context) -> request(row))
                .findOne();
    }

    static List<PairingRequest> pending(Handle db, Instant now) {
        return db.createQuery("SELECT * FROM pairing WHERE expires_at > :now ORDER BY requested_at")
                .bind("now", now.toEpochMilli())
                .map((row, context) -> request(row))
                .list();
    }

    static Optional<PairingRequest> byCode(Handle db, String channel, String code, Instant now) {
        return db.createQuery(
                        "SELECT * FROM pairing WHERE channel = :channel AND code = :code"
                                + " AND expires_at > :now")
                .bind("channel", channel)
                .bind("code", code)
                .bind("now", now.toEpochMilli())
                .map((row, context) -> request(row))
                .findOne();
    }

    static int pendingCount(Handle db, String channel, String account) {
        return db.createQuery("SELECT count(*) FROM pairing WHERE" + WHO)
                .bind("channel", channel)
                .bind("account", account)
                .mapTo(Integer.class)
                .one();
    }

    static boolean codeTaken(Handle db, String code) {
        return db.createQuery("SELECT count(*) FROM pairing WHERE code = :code")
                        .bind("code", code)
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    static void dropExpired(Handle db, Instant now) {
        db.createUpdate("DELETE FROM pairing WHERE expires_at <= :now")
                .bind("now", now.toEpochMilli())
                .execute();
    }

    static void insert(Handle db, PairingRequest request) {
        db.createUpdate(
                        "INSERT INTO pairing (channel, account, person, name, code, requested_at,"
                                + " expires_at) VALUES (:channel, :account, :person, :name, :code,"
                                + " :requested, :expires)")
                .bind("channel", request.channel())
                .bind("account", request.account())
                .bind("person", request.person())
                .bind("name", request.name())
                .bind("code", request.code())
                .bind("requested", request.requestedAt().toEpochMilli())
                .bind("expires", request.expiresAt().toEpochMilli())
                .execute();
    }

    static void delete(Handle db, PairingRequest request) {
        db.createUpdate("DELETE FROM pairing WHERE code = :code")
                .bind("code", request.code())
                .execute();
    }

    static List<Approval> approvals(Handle db) {
        return db.createQuery("SELECT * FROM access ORDER BY approved_at, channel, person")
                .map((row, context) -> approval(row))
                .list();
    }

    static void insert(Handle db, Approval approval) {
        db.createUpdate(
                        "INSERT INTO access (channel, account, person, name, approved_at) VALUES"
                                + " (:channel, :account, :person, :name, :approved)"
                                + " ON CONFLICT DO NOTHING")
                .bind("channel", approval.channel())
                .bind("account", approval.account())
                .bind("person", approval.person())
                .bind("name", approval.name())
                .bind("approved", approval.approvedAt().toEpochMilli())
                .execute();
    }

    private static PairingRequest request(ResultSet row) throws SQLException {
        return new PairingRequest(
                row.getString("channel"),
                row.getString("account"),
                row.getString("person"),
                row.getString("name"),
                row.getString("code"),
                Instant.ofEpochMilli(row.getLong("requested_at")),
                Instant.ofEpochMilli(row.getLong("expires_at")));
    }

    private static Approval approval(ResultSet row) throws SQLException {
        return new Approval(
                row.getString("channel"),
                row.getString("account"),
                row.getString("person"),
                row.getString("name"),
                Instant.ofEpochMilli(row.getLong("approved_at")));
    }
}
