package dev.chela.harness.codex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chela.config.CodexPluginConfig.Discovery;
import dev.chela.harness.appserver.AppServerException;
import dev.chela.harness.appserver.RequestTimedOutException;
import dev.chela.harness.appserver.ServerVersion;
import dev.chela.harness.appserver.protocol.ModelList;
import dev.chela.harness.testing.FakeAppServer;
import dev.chela.harness.testing.ManualTimers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ModelCatalogTest {

    private static final Discovery ON = new Discovery(true, Duration.ofMillis(50));
    private static final Discovery OFF = new Discovery(false, Duration.ofMillis(50));

    private final FakeAppServer server = new FakeAppServer();
    private final ManualTimers timers = new ManualTimers();
    private final AtomicInteger asked = new AtomicInteger();
    private final ModelCatalog catalog = new ModelCatalog(() -> ON, timers);

    @Test
    void aConnectionIsAskedOnce() {
        server.on(ModelList.class, question -> list("house-model"));

        assertThat(catalog.knows(server, "house-model")).contains(true);
        assertThat(catalog.knows(server, "other-model")).contains(false);
        assertThat(catalog.all(server)).extracting(ModelList.Model::model).contains("house-model");
        assertThat(asked).hasValue(1);

        catalog.forget(server);
        catalog.all(server);
        assertThat(asked).hasValue(2);
    }

    @Test
    void noTurnWaitsForAServerThatNeverAnswersWhereTheModelCameWithTheBinary() {
        CompletableFuture<ModelList.Result> never = neverAnswered();
        var patient = new ModelCatalog(() -> new Discovery(true, Duration.ofDays(1)), timers);

        assertThat(patient.knows(server, "gpt-5.5")).contains(true);
        never.completeExceptionally(new RequestTimedOutException("the test is over"));
    }

    @Test
    void aServerThatNeverAnswersIsWaitedForNoLongerThanTheConfigSays() {
        CompletableFuture<ModelList.Result> never = neverAnswered();

        assertThat(catalog.all(server))
                .extracting(ModelList.Model::model)
                .contains("gpt-6.1-sol", "gpt-5.5");
        assertThat(catalog.knows(server, "house-model")).isEmpty();
        assertThat(asked).hasValue(1);
        never.completeExceptionally(new RequestTimedOutException("the test is over"));
    }

    @Test
    void aServerThatFailedIsAskedAgainAfterAWhile() {
        server.on(
                ModelList.class,
                question -> {
                    asked.incrementAndGet();
                    throw new RequestTimedOutException("no answer");
                });

        assertThat(catalog.knows(server, "house-model")).isEmpty();
        assertThat(catalog.knows(server, "house-model")).isEmpty();
        assertThat(asked).hasValue(1);
        timers.advance(Duration.ofMinutes(1));
        assertThat(catalog.knows(server, "house-model")).isEmpty();
        assertThat(asked).hasValue(2);
    }

    @Test
    void anotherBinaryHasNoListOfOurs() {
        server.version = ServerVersion.parse("0.150.0");
        server.silentOn(ModelList.class);

        assertThatThrownBy(() -> catalog.all(server)).isInstanceOf(AppServerException.class);
        assertThat(catalog.knows(server, "gpt-5.5")).isEmpty();
    }

    @Test
    void nobodyIsAskedWhereDiscoveryIsOff() {
        server.on(ModelList.class, question -> list("house-model"));
        var off = new ModelCatalog(() -> OFF, timers);

        assertThat(off.all(server)).extracting(ModelList.Model::model).contains("gpt-6.1-sol");
        assertThat(off.knows(server, "gpt-5.5")).contains(true);
        assertThat(off.knows(server, "house-model")).contains(false);
        assertThat(asked).hasValue(0);
    }

    private CompletableFuture<ModelList.Result> neverAnswered() {
        CompletableFuture<ModelList.Result> never = new CompletableFuture<>();
        server.on(
                ModelList.class,
                question -> {
                    asked.incrementAndGet();
                    return never.join();
                });
        return never;
    }

    private ModelList.Result list(String... names) {
        asked.incrementAndGet();
        return new ModelList.Result(
                List.of(names).stream()
                        .map(
                                name ->
                                        new ModelList.Model(
                                                name,
                                                name,
                                                name,
                                                "",
                                                false,
                                                false,
                                                "medium",
                                                List.of(),
                                                List.of("text")))
                        .toList(),
                null);
    }
}
