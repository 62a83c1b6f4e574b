package dev.chela.harness.trajectory;

import dev.chela.config.state.PrivateFiles;
import dev.chela.config.state.StateDirectory;
import dev.chela.config.state.StateException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where trajectories lie, one file a session; links are never followed. */
public final class TrajectoryFiles {

    private static final Logger log = LoggerFactory.getLogger(TrajectoryFiles.class);
    private static final String SUFFIX = ".trajectory.jsonl";
    private static final Pattern SESSION_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,127}");
    private static final int FILES_MAX = 100_000;

    private final StateDirectory state;
    private final Optional<Path> directory;

    public TrajectoryFiles(StateDirectory state, TrajectorySettings settings) {
        this.state = state;
        this.directory = settings.directory();
    }

    /** One file; {@code session} is the id of the session it belongs to. */
    public record Stored(Path path, String session, long bytes, Instant changedAt) {}

    /** Whether other bots may have theirs there, too. */
    public boolean areShared() {
        return directory.isPresent();
    }

    /** Whether a file can be named after it. */
    static boolean isName(String sessionId) {
        return SESSION_ID.matcher(sessionId).matches();
    }

    /**
     * Opens a session's file for what comes next.
     *
     * @throws IOException if it cannot be written, or the place is a link or no file
     */
    FileChannel open(String agentId, String sessionId) throws IOException {
        Path folder = folder(agentId);
        if (Files.isSymbolicLink(folder)) {
            throw new IOException(folder + " is a symbolic link");
        }
        if (!isName(sessionId)) {
            throw new IOException("'" + sessionId + "' is no id of a session");
        }
        Path file = folder.resolve(sessionId + SUFFIX);
        // Opening a pipe would wait for whoever reads it.
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(file + " is no regular file");
        }
        return FileChannel.open(
                file,
                Set.of(
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        LinkOption.NOFOLLOW_LINKS),
                PrivateFiles.fileAttributes());
    }

    private Path folder(String agentId) throws IOException {
        if (directory.isPresent()) {
            PrivateFiles.createDirectories(directory.get());
            return directory.get();
        }
        try {
            return state.sessions(agentId);
        } catch (StateException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** The oldest first. */
    public List<Stored> all() {
        List<Stored> found = new ArrayList<>();
        for (Path folder : directory.map(List::of).orElseGet(state::sessionFolders)) {
            if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                look(folder, found);
            }
        }
        found.sort(Comparator.comparing(Stored::changedAt));
        return found;
    }

    private static void look(Path folder, List<Stored> found) {
        try (Stream<Path> all = Files.list(folder)) {
            all.filter(path -> path.getFileName().toString().endsWith(SUFFIX))
                    .limit(FILES_MAX)
                    .forEach(path -> stored(path).ifPresent(found::add));
        } catch (IOException e) {
            log.warn("trajectory.tidy cannot look into {}: {}", folder, e.getMessage());
        }
    }

    private static Optional<Stored> stored(Path path) {
        try {
            BasicFileAttributes facts =
                    Files.readAttributes(
                            path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            String name = path.getFileName().toString();
            return Optional.of(
                            new Stored(
                                    path,
                                    name.substring(0, name.length() - SUFFIX.length()),
                                    facts.size(),
                                    facts.lastModifiedTime().toInstant()))
                    .filter(file -> facts.isRegularFile());
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        } catch (IOException e) {
            log.warn("trajectory.tidy cannot look at {}: {}", path, e.getMessage());
            return Optional.empty();
        }
    }

    /** Whether it was there and is gone. */
    public boolean remove(Stored file) {
        try {
            return Files.deleteIfExists(file.path());
        } catch (IOException e) {
            log.warn("trajectory.tidy cannot remove {}: {}", file.path(), e.getMessage());
            return false;
        }
    }
}
