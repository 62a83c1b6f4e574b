package dev.chela.bot.kit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Looks into the state of a bot from outside, also while it runs. */
public final class StateProbe {

    private static final Clock CLOCK = Clock.systemUTC();

    private final Path database;

    public StateProbe(Path stateDirectory) {
        this.database = stateDirectory.resolve("chela.db");
    }

    /** What is forgotten once it is older than the number that follows. */
    private static final Map<String, String> FORGETTABLE =
            new TreeMap<>(
                    Map.of(
                            "words of the inbox",
                            "inbox WHERE body IS NOT NULL AND closed_at <",
                            "words of the outbox",
                            "outbox WHERE chunk IS NOT NULL AND state IN ('acknowledged',"
                                    + " 'unknown', 'failed') AND changed_at <",
                            "words of approvals",
                            "approval WHERE title <> '' AND decided_at <",
                            "what is always allowed",
                            "approval_memory WHERE allowed_at <",
                            "results of tools",
                            "tool_call WHERE result <> '' AND ended_at <",
                            "closed turns",
                            "turn WHERE closed_at <",
                            "archives",
                            "archive WHERE ended_at <",
                            "strays",
                            "transcript WHERE session_id = 'nobody' AND at <"));

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
     * Makes what happened in the last day so much older, while no bot runs, and leaves a line of a
     * transcript that belongs to nobody.
     */
    public void ages(Duration by) {
        long now = CLOCK.millis();
        long lately = now - Duration.ofDays(1).toMillis();
        List<String> moments =
                rows(
                        """
                        SELECT 'UPDATE "' || t.name || '" SET "' || c.name || '" = "' || c.name
                            || '" - %d WHERE typeof("' || c.name || '") = ''integer'' AND "'
                            || c.name || '" > %d'
                        FROM sqlite_schema t, pragma_table_info(t.name) c
                        WHERE t.type = 'table' AND t.name <> 'app_server'
                          AND (c.name = 'at' OR c.name LIKE '%%\\_at' ESCAPE '\\')
                        """
                                .formatted(by.toMillis(), lately),
                        row -> row.getString(1));
        change(moments);
        change(
                List.of(
                        """
                        INSERT INTO transcript (session_key, session_id, entry_key, kind, body, at)
                        VALUES ('nobody', 'nobody', 'stray-%d', 'message', '{}', %d)
                        """
                                .formatted(now, now - by.toMillis())));
    }

    /** Where something stands that is older than what is kept, and how much. */
    public List<String> forgettable() {
        long words = CLOCK.millis() - Duration.ofDays(30).toMillis();
        return FORGETTABLE.entrySet().stream()
                .flatMap(
                        one ->
                                rows(
                                                "SELECT count(*) FROM %s %d"
                                                        .formatted(one.getValue(), words),
                                                row -> row.getInt(1))
                                        .stream()
                                        .filter(count -> count > 0)
                                        .map(count -> one.getKey() + " " + count))
                .toList();
    }

    /** Keeps what is there now for a look at it later. */
    public void copyTo(Path file) throws IOException {
        Files.deleteIfExists(file);
        change(List.of("VACUUM INTO '%s'".formatted(file)));
    }

    private void change(List<String> statements) {
        try (Connection db = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement change = db.createStatement()) {
            for (String sql : statements) {
                change.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("cannot change " + database, e);
        }
    }

    /**
     * Makes the newest event of a stopped bot look as if the process had died before its answer was
     * stored; what the event had changed elsewhere stays.
     */
    public void forgetNewestAnswer() {
        change(
                List.of(
                        "DELETE FROM outbox WHERE intent = (SELECT 'cmd:' || max(seq) FROM inbox)",
                        "UPDATE inbox SET state = 'open', outcome = NULL, detail = NULL,"
                                + " closed_at = NULL WHERE seq = (SELECT max(seq) FROM inbox)"));
    }

    /** Nothing is always allowed to be bound any more. */
    public void forgetGrants() {
        change(List.of("DELETE FROM claim_grant"));
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
