package dev.chela.harness.codex;

import dev.chela.harness.appserver.AppServer;
import dev.chela.harness.appserver.AppServerException;
import dev.chela.harness.appserver.protocol.ModelList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The models that a server knows, read once for each of its versions. */
final class ModelCatalog {

    private static final Logger LOG = LoggerFactory.getLogger(ModelCatalog.class);
    private static final int PAGE = 100;
    private static final int PAGES_MAX = 20;

    private final Map<String, List<ModelList.Model>> byVersion = new ConcurrentHashMap<>();

    /** Whether the server knows the model; empty if the catalogue cannot be read now. */
    Optional<Boolean> knows(AppServer server, String model) {
        try {
            return Optional.of(
                    all(server).stream()
                            .anyMatch(one -> one.model().equals(model) || one.id().equals(model)));
        } catch (AppServerException e) {
            LOG.debug("model catalogue not readable", e);
            return Optional.empty();
        }
    }

    /**
     * All models, hidden ones too.
     *
     * @throws AppServerException if they cannot be read
     */
    List<ModelList.Model> all(AppServer server) {
        String version = server.version().toString();
        List<ModelList.Model> known = byVersion.get(version);
        if (known == null) {
            known = read(server);
            byVersion.put(version, known);
        }
        return known;
    }

    private static List<ModelList.Model> read(AppServer server) {
        List<ModelList.Model> models = new ArrayList<>();
        @Nullable String cursor = null;
        for (int page = 0; page < PAGES_MAX; page++) {
            ModelList.Result result = server.request(new ModelList(true, cursor, PAGE));
            models.addAll(result.data());
            cursor = result.nextCursor();
            if (cursor == null) {
                break;
            }
        }
        return List.copyOf(models);
    }
}
