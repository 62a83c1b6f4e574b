package dev.chela.bot.cli;

import dev.chela.bot.demo.Demo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a demo keeps its state. Unless the person named the folder it is gone when the demo ends,
 * be it by a signal or because the terminal was closed.
 */
final class DemoPlace implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DemoPlace.class);

    private final Path directory;
    private final boolean temporary;
    private final Thread onSignal =
            Thread.ofPlatform().name("chela-demo-stop").unstarted(this::endQuietly);
    private Optional<Demo> demo = Optional.empty();
    private boolean ended;

    private DemoPlace(Path directory, boolean temporary) {
        this.directory = directory;
        this.temporary = temporary;
    }

    static DemoPlace of(Optional<Path> named) throws IOException {
        DemoPlace place =
                named.isPresent()
                        ? new DemoPlace(named.get(), false)
                        : new DemoPlace(Files.createTempDirectory("chela-demo"), true);
        Runtime.getRuntime().addShutdownHook(place.onSignal);
        return place;
    }

    Path directory() {
        return directory;
    }

    /** The demo that lives here; it ends with this place. */
    synchronized Demo holds(Demo started) {
        demo = Optional.of(started);
        return started;
    }

    @Override
    public void close() throws IOException {
        end();
    }

    private synchronized void end() throws IOException {
        if (ended) {
            return;
        }
        ended = true;
        demo.ifPresent(Demo::close);
        if (temporary) {
            delete();
        }
    }

    private void endQuietly() {
        try {
            end();
        } catch (IOException | UncheckedIOException left) {
            LOG.warn("the demo's folder {} stays: {}", directory, left.toString());
        }
    }

    private void delete() throws IOException {
        try (Stream<Path> tree = Files.walk(directory)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
