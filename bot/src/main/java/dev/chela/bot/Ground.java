package dev.chela.bot;

import dev.chela.channels.ChannelsSchema;
import dev.chela.commands.AuditLog;
import dev.chela.config.LiveConfig;
import dev.chela.config.load.Environment;
import dev.chela.config.load.LoadResult;
import dev.chela.config.load.Problem;
import dev.chela.config.secret.Redaction;
import dev.chela.config.secret.Secrets;
import dev.chela.config.state.Checkpoints;
import dev.chela.config.state.Database;
import dev.chela.config.state.DatabaseException;
import dev.chela.config.state.DriverLibrary;
import dev.chela.config.state.InstanceLock;
import dev.chela.config.state.SqliteDatabase;
import dev.chela.config.state.StateDirectory;
import dev.chela.config.state.StateException;
import dev.chela.harness.HarnessSchema;
import dev.chela.harness.SystemTimers;
import java.util.List;

/**
 * What everything stands on: config, state directory with its lock, database, clock.
 *
 * @param warnings about the configuration the bot started with
 * @param secrets of the configuration the bot started with
 * @param redaction takes secrets out of text on its way out
 */
record Ground(
        LiveConfig config,
        List<Problem> warnings,
        Environment environment,
        Secrets secrets,
        StateDirectory state,
        InstanceLock lock,
        Database database,
        SystemTimers timers,
        Checkpoints checkpoints,
        Redaction redaction)
        implements AutoCloseable {

    /** Takes the lock and opens the database. */
    static Ground open(
            LoadResult.Loaded loaded, Secrets secrets, StateDirectory state, Redaction redaction) {
        Checkpoints checkpoints = HaltingCheckpoints.from(loaded.environment().asMap());
        InstanceLock lock = InstanceLock.acquire(state);
        try {
            DriverLibrary.keepIn(state.temporary());
            return new Ground(
                    new LiveConfig(loaded.config()),
                    loaded.warnings(),
                    loaded.environment(),
                    secrets,
                    state,
                    lock,
                    SqliteDatabase.open(
                            state.database(),
                            List.of(ChannelsSchema.PART, HarnessSchema.part(), AuditLog.SCHEMA),
                            checkpoints),
                    new SystemTimers(),
                    checkpoints,
                    redaction);
        } catch (DatabaseException | StateException failed) {
            lock.close();
            throw failed;
        }
    }

    @Override
    public void close() {
        timers.close();
        database.close();
        lock.close();
    }
}
