package dev.chela.config.state;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** One job on the database: SQL only, no waiting, no network, nothing that may block. */
@FunctionalInterface
public interface SqlWork<T extends @Nullable Object> {

    T run(Handle handle);
}
