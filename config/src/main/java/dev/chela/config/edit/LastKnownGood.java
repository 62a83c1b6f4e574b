package dev.chela.config.edit;

import dev.chela.config.json5.Json5Writer;
import dev.chela.config.json5.KeyPath;
import dev.chela.config.json5.Node;
import dev.chela.config.json5.Span;
import dev.chela.config.load.ConfigFile;
import dev.chela.config.load.ConfigLoader;
import dev.chela.config.load.LoadResult;
import dev.chela.config.load.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A copy of the config that the bot last started with: one file, includes followed, variables left
 * as placeholders. The user's own file is never touched.
 */
public final class LastKnownGood {

    private final ConfigLoader loader;
    private final Path copy;

    public LastKnownGood(ConfigLoader loader) {
        this.loader = loader;
        this.copy =
                loader.location()
                        .stateDirectory()
                        .resolve("config-copies")
                        .resolve("last-known-good.json");
    }

    /** Where the copy is, whether or not it exists. */
    public Path file() {
        return copy;
    }

    /**
     * Copies what is written now; call it when a start has succeeded.
     *
     * @throws IOException if the copy cannot be written
     */
    public void remember() throws IOException {
        Optional<Node.Obj> written = loader.written();
        if (written.isPresent()) {
            AtomicFile.write(copy, Json5Writer.json5(written.get(), 0) + "\n");
        }
    }

    /** Loads the copy as if it were the file. */
    public LoadResult load() {
        try {
            Optional<String> text = ConfigFile.read(copy).text();
            return text.map(loader::parse).orElseGet(() -> broken("does not exist yet"));
        } catch (IOException e) {
            return broken("cannot be read: " + e.getMessage());
        }
    }

    private LoadResult broken(String what) {
        Problem problem =
                Problem.of(
                        KeyPath.ROOT,
                        "the last known good copy " + copy + " " + what,
                        Span.NOWHERE);
        return new LoadResult.Broken(List.of(problem), "absent");
    }
}
