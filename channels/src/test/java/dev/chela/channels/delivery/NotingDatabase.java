package dev.chela.channels.delivery;

import dev.chela.config.state.Database;
import dev.chela.config.state.SqlWork;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A database that notes the names of its write jobs. */
record NotingDatabase(Database real, List<String> jobs) implements Database {

    @Override
    public <T extends @Nullable Object> T writeNow(String name, SqlWork<T> work) {
        jobs.add(name);
        return real.writeNow(name, work);
    }

    @Override
    public <T extends @Nullable Object> CompletableFuture<T> write(String name, SqlWork<T> work) {
        jobs.add(name);
        return real.write(name, work);
    }

    @Override
    public <T extends @Nullable Object> T readNow(SqlWork<T> work) {
        return real.readNow(work);
    }

    @Override
    public <T extends @Nullable Object> CompletableFuture<T> read(SqlWork<T> work) {
        return real.read(work);
    }

    @Override
    public void close() {}
}
