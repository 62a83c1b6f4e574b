package dev.chela.harness.appserver.managed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes packages that no start used for 14 days and no process runs. The pause lets several
 * checkouts with different pins live on one cache.
 */
final class OldVersions {

    private static final Logger log = LoggerFactory.getLogger(OldVersions.class);
    private static final Duration UNUSED_FOR = Duration.ofDays(14);

    private final Path packages;
    private final InstantSource clock;

    OldVersions(Path packages, InstantSource clock) {
        this.packages = packages;
        this.clock = clock;
    }

    void prune(Set<Path> keep) {
        try (Stream<Path> entries = Files.list(packages)) {
            for (Path entry : entries.filter(path -> !keep.contains(path)).toList()) {
                if (old(entry) && !running(entry)) {
                    CacheDirectory.delete(entry);
                    log.info("removed unused Codex package {}", entry.getFileName());
                }
            }
        } catch (IOException e) {
            log.debug("unused Codex packages stay for now: {}", e.toString());
        }
    }

    private boolean old(Path entry) throws IOException {
        Instant used = Files.getLastModifiedTime(entry).toInstant();
        return used.isBefore(clock.instant().minus(UNUSED_FOR));
    }

    private static boolean running(Path entry) {
        List<String> commands =
                ProcessHandle.allProcesses().flatMap(p -> p.info().command().stream()).toList();
        return commands.stream().anyMatch(command -> Path.of(command).startsWith(entry));
    }
}
