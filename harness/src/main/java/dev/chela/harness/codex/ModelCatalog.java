package dev.chela.harness.codex;

import dev.chela.config.CodexPluginConfig.Discovery;
import dev.chela.config.Live;
import dev.chela.harness.Timers;
import dev.chela.harness.appserver.AppServer;
import dev.chela.harness.appserver.AppServerException;
import dev.chela.harness.appserver.RequestTimedOutException;
import dev.chela.harness.appserver.protocol.ModelList;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The models that a server knows (harness §15). Each connection is asked once, beside whoever wants
 * to know, and waited for no longer than {@code discovery.timeoutMs}; a connection has one binary
 * and one account. Where it does not answer, or is not to be asked, the list that came with the
 * binary takes its place.
 */
final class ModelCatalog {

    private static final Logger LOG = LoggerFactory.getLogger(ModelCatalog.class);
    private static final int PAGE = 100;
    private static final int PAGES_MAX = 20;

    /** A server that did not answer is not asked again before. */
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final Live<Discovery> discovery;
    private final Timers timers;
    private final Map<AppServer, Asked> asked = Collections.synchronizedMap(new WeakHashMap<>());

    ModelCatalog(Live<Discovery> discovery, Timers timers) {
        this.discovery = discovery;
        this.timers = timers;
    }

    private record Asked(CompletableFuture<List<ModelList.Model>> answer, Instant at) {

        /** Whether it is worth asking anew. */
        boolean isSpent(Instant now) {
            return answer.isCompletedExceptionally() && !at.plus(PAUSE).isAfter(now);
        }
    }

    /**
     * Whether the server knows the model; empty if nobody can tell now. Waits only for a model that
     * did not come with the binary: the first turn must not wait for a list.
     */
    Optional<Boolean> knows(AppServer server, String model) {
        boolean ours = BundledModels.areOf(server.version());
        if (!discovery.get().enabled()) {
            return ours ? Optional.of(BundledModels.know(model)) : Optional.empty();
        }
        CompletableFuture<List<ModelList.Model>> answer = ask(server);
        if (ours && BundledModels.know(model)) {
            return Optional.of(true);
        }
        try {
            return Optional.of(await(answer).stream().anyMatch(one -> is(one, model)));
        } catch (AppServerException e) {
            LOG.debug("model catalogue not readable", e);
            return Optional.empty();
        }
    }

    static boolean is(ModelList.Model one, String name) {
        return one.model().equals(name) || one.id().equals(name);
    }

    /**
     * All models, hidden ones too.
     *
     * @throws AppServerException if they cannot be read and did not come with that binary
     */
    List<ModelList.Model> all(AppServer server) {
        if (!discovery.get().enabled()) {
            return BundledModels.all();
        }
        try {
            return await(ask(server));
        } catch (AppServerException e) {
            if (!BundledModels.areOf(server.version())) {
                throw e;
            }
            LOG.info("models are those that came with the binary: {}", e.getMessage());
            return BundledModels.all();
        }
    }

    /** Somebody else is signed in there: what it knows may be something else. */
    void forget(AppServer server) {
        asked.remove(server);
    }

    private CompletableFuture<List<ModelList.Model>> ask(AppServer server) {
        Instant now = timers.instant();
        return asked.compute(
                        server,
                        (_, before) ->
                                before == null || before.isSpent(now)
                                        ? new Asked(begin(server), now)
                                        : before)
                .answer();
    }

    private CompletableFuture<List<ModelList.Model>> begin(AppServer server) {
        CompletableFuture<List<ModelList.Model>> answer = new CompletableFuture<>();
        Duration timeout = discovery.get().timeout();
        Thread.ofVirtual()
                .name("chela-models")
                .start(
                        () -> {
                            try {
                                answer.complete(read(server, timeout));
                            } catch (RuntimeException e) {
                                answer.completeExceptionally(e);
                            }
                        });
        return answer;
    }

    private List<ModelList.Model> await(CompletableFuture<List<ModelList.Model>> answer) {
        Duration timeout = discovery.get().timeout();
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new RequestTimedOutException(
                    "model/list had no answer within %d ms".formatted(timeout.toMillis()));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AppServerException cause) {
                throw cause;
            }
            throw new IllegalStateException("reading the models failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RequestTimedOutException("model/list was given up: interrupted");
        }
    }

    private static List<ModelList.Model> read(AppServer server, Duration timeout) {
        List<ModelList.Model> models = new ArrayList<>();
        @Nullable String cursor = null;
        for (int page = 0; page < PAGES_MAX; page++) {
            ModelList.Result result = server.request(new ModelList(true, cursor, PAGE), timeout);
            models.addAll(result.data());
            cursor = result.nextCursor();
            if (cursor == null) {
                break;
            }
        }
        return List.copyOf(models);
    }
}
