package dev.chela.harness.appserver;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends what an earlier Chela left running. A process is ours only if pid, start time and command
 * are the recorded ones; it is never looked for by name.
 */
final class OrphanSweep {

    private static final Logger log = LoggerFactory.getLogger(OrphanSweep.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final ServerRows rows;

    OrphanSweep(ServerRows rows) {
        this.rows = rows;
    }

    /**
     * Ends them and forgets their rows.
     *
     * @param spared what is to live on
     */
    void run(Predicate<ServerRows.Row> spared) {
        for (ServerRows.Row row : rows.all().stream().filter(spared.negate()).toList()) {
            Optional<ProcessHandle> orphan = row.process().alive();
            if (orphan.isPresent()) {
                log.info("ending app-server pid={} that an earlier run left", orphan.get().pid());
                new ProcessTree(orphan.get()).end(PATIENCE);
            }
            rows.delete(row.id());
        }
    }
}
