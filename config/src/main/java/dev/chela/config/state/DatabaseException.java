package dev.chela.config.state;

import org.jspecify.annotations.Nullable;

/** The database could not do a job: broken SQL, a full queue, a closed database, a full disk. */
public final class DatabaseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public DatabaseException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
