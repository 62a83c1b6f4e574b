package dev.chela.config.state;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/**
 * Brings the stored schema to the known one. A mark per module says which migrations it has seen;
 * where all marks fit, the migration library is not loaded.
 */
final class Schema {

    private final Connections connections;
    private final List<SchemaPart> parts;
    private final Checkpoints checkpoints;

    Schema(Connections connections, List<SchemaPart> parts, Checkpoints checkpoints) {
        this.connections = connections;
        this.parts = List.copyOf(parts);
        this.checkpoints = checkpoints;
    }

    void bringUpToDate(Handle handle) {
        try {
            handle.execute(
                    """
                    create table if not exists schema_mark (
                      module  text primary key,
                      version integer not null,
                      digest  text not null)
                    """);
            for (SchemaPart part : parts) {
                bringUpToDate(handle, part, MigrationSet.of(part));
            }
        } catch (JdbiException e) {
            throw new DatabaseException("cannot read the stored schema: " + e.getMessage(), e);
        }
    }

    private void bringUpToDate(Handle handle, SchemaPart part, MigrationSet known) {
        Optional<Mark> stored = mark(handle, part.module());
        if (stored.isPresent() && stored.get().version() > known.version()) {
            throw new DatabaseException(
                    "the state was written by a newer Chela: its "
                            + part.module()
                            + " schema is version "
                            + stored.get().version()
                            + ", this Chela knows "
                            + known.version()
                            + "; start the newer Chela, or restore a backup of the state directory",
                    null);
        }
        if (stored.isPresent() && stored.get().digest().equals(known.digest())) {
            return;
        }
        checkpoints.before("state.migrate");
        FlywayMigrations.run(connections.dataSource(), part.module(), known);
        checkpoints.after("state.migrate");
        checkpoints.before("state.mark");
        handle.createUpdate(
                        """
                        insert into schema_mark (module, version, digest)
                        values (:module, :version, :digest)
                        on conflict (module) do update
                        set version = excluded.version, digest = excluded.digest
                        """)
                .bind("module", part.module())
                .bind("version", known.version())
                .bind("digest", known.digest())
                .execute();
        checkpoints.after("state.mark");
    }

    private static Optional<Mark> mark(Handle handle, String module) {
        return handle.createQuery("select version, digest from schema_mark where module = :module")
                .bind("module", module)
                .map((row, context) -> new Mark(row.getInt("version"), row.getString("digest")))
                .findOne();
    }

    private record Mark(int version, String digest) {}
}
