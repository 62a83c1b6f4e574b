package dev.chela.bot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files that came with messages: kept for a while, the oldest leave when room is short. Folders
 * in the same directory belong to channels that have a table of their files.
 */
final class MediaShelf {

    /** A file of today may belong to a turn that runs. */
    static final Duration AGE_MIN = Duration.ofDays(1);

    static final Duration AGE_MAX = Duration.ofDays(30);
    static final long BYTES_MAX = 2L << 30;

    private static final Logger LOG = LoggerFactory.getLogger(MediaShelf.class);
    private static final int FILES_MAX = 100_000;

    private final Path directory;
    private final InstantSource clock;
    private final long bytesMax;

    MediaShelf(Path directory, InstantSource clock) {
        this(directory, clock, BYTES_MAX);
    }

    MediaShelf(Path directory, InstantSource clock, long bytesMax) {
        this.directory = directory;
        this.clock = clock;
        this.bytesMax = bytesMax;
    }

    /** Removes what is too old, then the oldest while there is too much; how many files. */
    int tidy() {
        List<Stored> files = files();
        Instant now = clock.instant();
        long bytes = files.stream().mapToLong(Stored::bytes).sum();
        int removed = 0;
        for (Stored file : files) {
            Duration age = Duration.between(file.changedAt(), now);
            boolean goes =
                    age.compareTo(AGE_MAX) > 0 || bytes > bytesMax && age.compareTo(AGE_MIN) > 0;
            if (goes && remove(file.path())) {
                bytes -= file.bytes();
                removed++;
            }
        }
        return removed;
    }

    private record Stored(Path path, long bytes, Instant changedAt) {}

    /** The oldest first; links are not followed. */
    private List<Stored> files() {
        List<Stored> found = new ArrayList<>();
        try (Stream<Path> all = Files.list(directory)) {
            all.limit(FILES_MAX).forEach(path -> add(found, path));
        } catch (IOException e) {
            LOG.warn("media.tidy cannot look into {}: {}", directory, e.getMessage());
        }
        found.sort(Comparator.comparing(Stored::changedAt));
        return found;
    }

    private static void add(List<Stored> found, Path path) {
        try {
            BasicFileAttributes facts =
                    Files.readAttributes(
                            path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (facts.isRegularFile()) {
                found.add(new Stored(path, facts.size(), facts.lastModifiedTime().toInstant()));
            }
        } catch (NoSuchFileException gone) {
            LOG.debug("media.tidy file went by itself: {}", path);
        } catch (IOException e) {
            LOG.warn("media.tidy cannot look at {}: {}", path, e.getMessage());
        }
    }

    private static boolean remove(Path path) {
        try {
            return Files.deleteIfExists(path);
        } catch (IOException e) {
            LOG.warn("media.tidy cannot remove {}: {}", path, e.getMessage());
            return false;
        }
    }
}
