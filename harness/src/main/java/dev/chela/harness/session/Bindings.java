package dev.chela.harness.session;

import dev.chela.config.state.Database;
import dev.chela.harness.SessionKey;
import dev.chela.harness.ThreadId;
import dev.chela.harness.binding.ContextFill;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Update;

/** The stored bindings of sessions to native threads. */
public final class Bindings {

    private static final RowMapper<Binding> ROW = (row, context) -> binding(row);

    private final Database database;
    private final Claims claims;

    public Bindings(Database database) {
        this.database = database;
        this.claims = new Claims(database);
    }

    /** The conversations that were bound by hand. */
    public Claims claims() {
        return claims;
    }

    public Optional<Binding> load(SessionKey session) {
        return database.readNow(
                handle ->
                        handle.createQuery("SELECT * FROM binding WHERE session_key = :session")
                                .bind("session", session.value())
                                .map(ROW)
                                .findOne());
    }

    /** How full its thread was when it was last heard of; unknown where another one was since. */
    public ContextFill fill(Binding binding) {
        return database.readNow(
                handle -> SessionRows.fill(handle, binding.session(), binding.thread()));
    }

    /** The sessions bound to {@code thread}; more than one only while a claim of it waits. */
    public List<Binding> of(ThreadId thread) {
        return database.readNow(
                handle ->
                        handle.createQuery(
                                        """
                                        SELECT * FROM binding WHERE thread_id = :thread
                                        ORDER BY created_at, session_key
                                        """)
                                .bind("thread", thread.value())
                                .map(ROW)
                                .list());
    }

    /** What bindings remember under a name, by session. */
    public Map<SessionKey, String> remembered(String fact) {
        Map<SessionKey, String> found = new HashMap<>();
        database.readNow(
                        handle ->
                                handle.createQuery("SELECT * FROM binding WHERE facts LIKE :fact")
                                        .bind("fact", "%\"" + fact + "\"%")
                                        .map(ROW)
                                        .list())
                .forEach(
                        binding ->
                                Optional.ofNullable(binding.facts().get(fact))
                                        .ifPresent(value -> found.put(binding.session(), value)));
        return found;
    }

    /** Stores it unless the session is bound; says whether it did. */
    public boolean bindIfNone(Binding binding) {
        return database.writeNow(
                        "session.bind",
                        handle ->
                                bound(
                                                handle.createUpdate(
                                                        """
                                                        INSERT INTO binding (session_key,
                                                            thread_id, facts,
                                                            created_at, updated_at)
                                                        VALUES (:session, :thread, :facts,
                                                            :created, :updated)
                                                        ON CONFLICT (session_key) DO NOTHING
                                                        """),
                                                binding)
                                        .execute())
                == 1;
    }

    /**
     * Stores it if the session is still bound to {@code expected}; says whether it did. One write,
     * so that there is no instant without a binding.
     */
    public boolean replaceIfStill(ThreadId expected, Binding binding) {
        return database.writeNow(
                        "session.bind",
                        handle ->
                                bound(
                                                handle.createUpdate(
                                                        """
                                                        UPDATE binding SET thread_id = :thread,
                                                            facts = :facts,
                                                            created_at = :created,
                                                            updated_at = :updated
                                                        WHERE session_key = :session
                                                            AND thread_id = :expected
                                                        """),
                                                binding)
                                        .bind("expected", expected.value())
                                        .execute())
                == 1;
    }

    private static Update bound(Update update, Binding binding) {
        return update.bind("session", binding.session().value())
                .bind("thread", binding.thread().value())
                .bind("facts", StoredJson.ofFacts(binding.facts()))
                .bind("created", binding.createdAt().toEpochMilli())
                .bind("updated", binding.updatedAt().toEpochMilli());
    }

    /**
     * Stores it in place of whatever the session was bound to. The thread leaves any other session:
     * two must not talk to one.
     */
    public void save(Binding binding) {
        database.writeNow(
                "session.bind",
                handle -> {
                    put(handle, binding);
                    return takeFromOthers(handle, binding.session());
                });
    }

    /** Stores it in place of whatever the session was bound to, and leaves other sessions alone. */
    static int put(Handle handle, Binding binding) {
        return bound(
                        handle.createUpdate(
                                """
                                INSERT INTO binding (session_key, thread_id,
                                    facts, created_at, updated_at)
                                VALUES (:session, :thread, :facts, :created, :updated)
                                ON CONFLICT (session_key) DO UPDATE SET
                                    thread_id = excluded.thread_id,
                                    facts = excluded.facts,
                                    created_at = excluded.created_at,
                                    updated_at = excluded.updated_at
                                """),
                        binding)
                .execute();
    }

    /** Unbinds whoever else is bound to the thread of {@code session}; how many. */
    static int takeFromOthers(Handle handle, SessionKey session) {
        return handle.createUpdate(
                        """
                        DELETE FROM binding WHERE session_key <> :session AND thread_id =
                            (SELECT thread_id FROM binding WHERE session_key = :session)
                        """)
                .bind("session", session.value())
                .execute();
    }

    static void delete(Handle handle, SessionKey session) {
        handle.createUpdate("DELETE FROM binding WHERE session_key = :session")
                .bind("session", session.value())
                .execute();
    }

    /** Clears the binding if it still names {@code thread}; says whether it did. */
    public boolean clearIfStill(SessionKey session, ThreadId thread) {
        return database.writeNow(
                        "session.unbind",
                        handle ->
                                handle.createUpdate(
                                                """
                                                DELETE FROM binding
                                                WHERE session_key = :session
                                                  AND thread_id = :thread
                                                """)
                                        .bind("session", session.value())
                                        .bind("thread", thread.value())
                                        .execute())
                == 1;
    }

    private static Binding binding(ResultSet row) throws SQLException {
        return new Binding(
                new SessionKey(row.getString("session_key")),
                new ThreadId(row.getString("thread_id")),
                StoredJson.facts(row.getString("facts")),
                Instant.ofEpochMilli(row.getLong("created_at")),
                Instant.ofEpochMilli(row.getLong("updated_at")));
    }
}
