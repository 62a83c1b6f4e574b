package dev.chela.config.state;

import java.nio.file.Path;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteDataSource;

/** Opens connections to one database file, with the settings every one of them needs. */
final class Connections {

    /** How long a command-line reader may hold the file against us before a job fails. */
    private static final int BUSY_MILLIS_MAX = 10_000;

    private final Path file;

    Connections(Path file) {
        this.file = file;
    }

    Handle openWriter() {
        SQLiteConfig config = settings();
        config.setTransactionMode(TransactionMode.IMMEDIATE);
        return open(config);
    }

    Handle openReader() {
        SQLiteConfig config = settings();
        config.setTransactionMode(TransactionMode.DEFERRED);
        Handle handle = open(config);
        handle.execute("pragma query_only = on");
        return handle;
    }

    /** A source for the migration library, which opens and closes connections as it likes. */
    SQLiteDataSource dataSource() {
        return sourceOf(settings());
    }

    private Handle open(SQLiteConfig config) {
        try {
            return Jdbi.create(sourceOf(config)).open();
        } catch (JdbiException e) {
            throw new DatabaseException(
                    "cannot open the database " + file + ": " + e.getMessage(), e);
        }
    }

    private SQLiteDataSource sourceOf(SQLiteConfig config) {
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        return source;
    }

    private static SQLiteConfig settings() {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.FULL);
        config.enforceForeignKeys(true);
        config.setBusyTimeout(BUSY_MILLIS_MAX);
        return config;
    }
}
