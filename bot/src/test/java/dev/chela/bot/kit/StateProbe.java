package dev.chela.bot.kit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Looks into the state of a bot from outside, also while it runs. */
public final class StateProbe {

    private final Path database;

    public StateProbe(Path stateDirectory) {
        this.database = stateDirectory.resolve("chela.db");
    }

    /** What became of an inbound event; {@code open} while it is not closed. */
    public record Arrived(String kind, String conversation, String outcome) {}

    /** A message of ours. */
    public record Said(String conversation, String intent, String state, String words) {}

    /** Everything people did, in order. */
    public List<Arrived> inbox() {
        return rows(
                "SELECT kind, conversation, coalesce(outcome, 'open') FROM inbox ORDER BY seq",
                row -> new Arrived(row.getString(1), row.getString(2), row.getString(3)));
    }

    public long open() {
        return inbox().stream().filter(row -> row.outcome().equals("open")).count();
    }

    /** Messages of ours, notices too, in order. */
    public List<Said> outbox() {
        return rows(
                "SELECT conversation, intent, state, coalesce(chunk, '') FROM outbox WHERE action ="
                        + " 'send' ORDER BY id",
                row ->
                        new Said(
                                row.getString(1),
                                row.getString(2),
                                row.getString(3),
                                row.getString(4)));
    }

    /** Whether this person, a stranger once, may talk. */
    public boolean isLetIn(String person) {
        return rows("SELECT person FROM access", row -> row.getString(1)).contains(person);
    }

    /** The conversations that are bound to a thread. */
    public List<String> bound() {
        return rows(
                "SELECT conversation FROM claim WHERE state = 'bound'", row -> row.getString(1));
    }

    /** The ids of what is over of a person's session, the newest first. */
    public List<String> archives(long person) {
        return rows(
                "SELECT session_id FROM archive WHERE session_key LIKE '%:"
                        + person
                        + "' ORDER BY ended_at DESC",
                row -> row.getString(1));
    }

    /** The id of a person's session, if there is one. */
    public List<String> sessions(long person) {
        return rows(
                "SELECT session_id FROM session WHERE session_key LIKE '%:" + person + "'",
                row -> row.getString(1));
    }

    /** Whether so many events came, all have their end, and everything to say is out. */
    public boolean isThrough(int events) {
        return rows("SELECT count(*) FROM inbox WHERE outcome IS NOT NULL", row -> row.getInt(1))
                        .equals(List.of(events))
                && unsettled() == 0;
    }

    /** Sends, edits and all other calls that are not made yet. */
    public long unsettled() {
        return rows(
                        "SELECT state FROM outbox WHERE state IN ('queued', 'started', 'asking')",
                        row -> row.getString(1))
                .size();
    }

    /**
     * Makes the newest event of a stopped bot look as if the process had died before its answer was
     * stored; what the event had changed elsewhere stays.
     */
    public void forgetNewestAnswer() {
        try (Connection db = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement change = db.createStatement()) {
            change.execute(
                    "DELETE FROM outbox WHERE intent = (SELECT 'cmd:' || max(seq) FROM inbox)");
            change.execute(
                    "UPDATE inbox SET state = 'open', outcome = NULL, detail = NULL,"
                            + " closed_at = NULL WHERE seq = (SELECT max(seq) FROM inbox)");
        } catch (SQLException e) {
            throw new IllegalStateException("cannot change " + database, e);
        }
    }

    private interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private <T> List<T> rows(String sql, Reader<T> reader) {
        if (!Files.exists(database)) {
            return List.of();
        }
        try (Connection db = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement query = db.createStatement()) {
            query.execute("PRAGMA busy_timeout = 5000");
            List<T> all = new ArrayList<>();
            try (ResultSet result = query.executeQuery(sql)) {
                while (result.next()) {
                    all.add(reader.read(result));
                }
            }
            return all;
        } catch (SQLException e) {
            if (String.valueOf(e.getMessage()).contains("no such table")) {
                return List.of();
            }
            throw new IllegalStateException("cannot look into " + database, e);
        }
    }
}
