package dev.chela.harness.codex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.config.testing.TestDatabase;
import dev.chela.harness.HarnessSchema;
import dev.chela.harness.SessionKey;
import dev.chela.harness.ThreadId;
import dev.chela.harness.appserver.protocol.Personality;
import dev.chela.harness.appserver.protocol.ThreadOptions;
import dev.chela.harness.appserver.protocol.ThreadResume;
import dev.chela.harness.appserver.protocol.ThreadUnsubscribe;
import dev.chela.harness.session.Binding;
import dev.chela.harness.session.Bindings;
import dev.chela.harness.testing.FakeAppServer;
import dev.chela.harness.testing.Wire;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoadedThreadsTest {

    private static final ThreadId THREAD = Wire.THREAD;
    private static final SessionKey SESSION = new SessionKey("agent:main:web:direct:ada");
    private static final SessionKey OTHER = new SessionKey("agent:main:web:direct:ben");

    private final TestDatabase database = TestDatabase.open(List.of(HarnessSchema.part()));
    private final Bindings bindings = new Bindings(database);
    private final FakeAppServer server = new FakeAppServer();
    private final Queue<Runnable> background = new ArrayDeque<>();
    private final LoadedThreads loaded = new LoadedThreads(bindings, background::add);

    @BeforeEach
    void load() {
        resume();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aThreadThatNobodyNeedsIsLetGoAndMustBeOpenedAgain() {
        loaded.letGo(THREAD);
        runBackground();

        assertThat(unsubscribed()).containsExactly(THREAD);
        assertThat(loaded.isWarm(THREAD, server)).isFalse();
    }

    @Test
    void oneThatAnotherSessionIsBoundToStays() {
        bind(SESSION);
        bind(OTHER);
        bindings.clearIfStill(SESSION, THREAD);

        loaded.letGo(THREAD);
        runBackground();

        assertThat(unsubscribed()).isEmpty();
        assertThat(loaded.isWarm(THREAD, server)).isTrue();
    }

    @Test
    void oneOnWhichATurnRunsIsLetGoAfterIt() {
        loaded.works(THREAD);
        loaded.letGo(THREAD);
        runBackground();
        assertThat(unsubscribed()).isEmpty();

        loaded.rests(THREAD);
        runBackground();

        assertThat(unsubscribed()).containsExactly(THREAD);
    }

    @Test
    void theThreadOfABoundSessionStaysWarmBetweenItsTurns() {
        bind(SESSION);
        loaded.works(THREAD);

        loaded.rests(THREAD);
        runBackground();

        assertThat(unsubscribed()).isEmpty();
        assertThat(loaded.isWarm(THREAD, server)).isTrue();
    }

    @Test
    void oneThatSomebodyOpensMeanwhileStays() {
        loaded.letGo(THREAD);
        server.on(
                ThreadResume.class,
                resume -> {
                    runBackground();
                    return Wire.opened(Wire.thread(THREAD, server.status));
                });

        resume();

        assertThat(unsubscribed()).isEmpty();
        assertThat(loaded.isWarm(THREAD, server)).isTrue();
    }

    @Test
    void aServerThatDoesNotLetItGoIsNoTrouble() {
        server.silentOn(ThreadUnsubscribe.class);
        loaded.letGo(THREAD);
        runBackground();
        assertThat(loaded.isWarm(THREAD, server)).isFalse();

        resume();

        assertThat(loaded.isWarm(THREAD, server)).isTrue();
    }

    private void resume() {
        loaded.resume(
                server, new ThreadResume(THREAD, ThreadOptions.none(), Personality.NONE, true));
    }

    private void bind(SessionKey session) {
        bindings.bindIfNone(new Binding(session, THREAD, Map.of(), Instant.EPOCH, Instant.EPOCH));
    }

    private void runBackground() {
        while (!background.isEmpty()) {
            background.remove().run();
        }
    }

    private List<ThreadId> unsubscribed() {
        return server.all(ThreadUnsubscribe.class).stream()
                .map(ThreadUnsubscribe::threadId)
                .toList();
    }
}
