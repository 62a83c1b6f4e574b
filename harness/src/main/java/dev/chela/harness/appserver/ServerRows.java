package dev.chela.harness.appserver;

import dev.chela.config.state.Database;
import dev.chela.config.state.ProcessStart;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The table {@code app_server}: processes of ours that may still run. */
final class ServerRows {

    /**
     * One process.
     *
     * @param endpoint {@code stdio} or an address
     * @param configHash what it was started with
     */
    record Row(
            String id, String agent, ProcessIdentity process, String endpoint, String configHash) {

        static Row of(String agent, ProcessIdentity process, String endpoint, String configHash) {
            String id = UUID.randomUUID().toString();
            return new Row(id, agent, process, endpoint, configHash);
        }

        /** Whether it was started to live on without us. */
        boolean detached() {
            return !endpoint.equals("stdio");
        }
    }

    private final Database database;

    ServerRows(Database database) {
        this.database = database;
    }

    void insert(Row row) {
        database.writeNow(
                "appserver.record",
                handle ->
                        handle.createUpdate(
                                        """
                                        INSERT INTO app_server
                                          (id, agent, pid, started_at, boot, start_ticks,
                                           fingerprint, endpoint, config_hash)
                                        VALUES (:id, :agent, :pid, :started, :boot, :ticks,
                                                :fingerprint, :endpoint, :hash)
                                        """)
                                .bind("id", row.id())
                                .bind("agent", row.agent())
                                .bind("pid", row.process().pid())
                                .bind("started", started(row).instant().toEpochMilli())
                                .bind("boot", started(row).ticks().map(ProcessStart.Ticks::boot))
                                .bind("ticks", started(row).ticks().map(ProcessStart.Ticks::count))
                                .bind("fingerprint", row.process().fingerprint())
                                .bind("endpoint", row.endpoint())
                                .bind("hash", row.configHash())
                                .execute());
    }

    /** The process has become the program it will be. */
    void identify(String id, ProcessIdentity process) {
        database.writeNow(
                "appserver.identify",
                handle ->
                        handle.execute(
                                "UPDATE app_server SET fingerprint = ? WHERE id = ?",
                                process.fingerprint(),
                                id));
    }

    void delete(String id) {
        database.writeNow(
                "appserver.forget",
                handle -> handle.execute("DELETE FROM app_server WHERE id = ?", id));
    }

    List<Row> all() {
        return database.readNow(
                handle ->
                        handle.createQuery("SELECT * FROM app_server ORDER BY id")
                                .map(
                                        (rows, context) ->
                                                new Row(
                                                        rows.getString("id"),
                                                        rows.getString("agent"),
                                                        new ProcessIdentity(
                                                                rows.getLong("pid"),
                                                                started(rows),
                                                                rows.getString("fingerprint")),
                                                        rows.getString("endpoint"),
                                                        rows.getString("config_hash")))
                                .list());
    }

    private static ProcessStart started(Row row) {
        return row.process().started();
    }

    private static ProcessStart started(ResultSet rows) throws SQLException {
        long ticks = rows.getLong("start_ticks");
        return new ProcessStart(
                Instant.ofEpochMilli(rows.getLong("started_at")),
                Optional.ofNullable(rows.getString("boot"))
                        .map(boot -> new ProcessStart.Ticks(boot, ticks)));
    }
}
