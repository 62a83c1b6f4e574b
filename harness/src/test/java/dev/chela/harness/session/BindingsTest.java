package dev.chela.harness.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.config.testing.TestDatabase;
import dev.chela.harness.HarnessSchema;
import dev.chela.harness.SessionKey;
import dev.chela.harness.ThreadId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BindingsTest {

    private final TestDatabase database = TestDatabase.open(List.of(HarnessSchema.part()));
    private final Bindings bindings = new Bindings(database);
    private final SessionKey key = new SessionKey("agent:main:main");

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void whatWasSavedIsLoadedAlsoAfterAReopening() {
        Binding saved = binding("t-1");
        bindings.save(saved);
        database.reopen();

        assertThat(bindings.load(key)).contains(saved);
        assertThat(bindings.of(new ThreadId("t-1"))).containsExactly(saved);
    }

    @Test
    void aSessionHasOneBinding() {
        bindings.save(binding("t-1"));
        bindings.save(binding("t-2"));

        assertThat(bindings.load(key)).contains(binding("t-2"));
    }

    @Test
    void aThreadIsThatOfOneSession() {
        SessionKey other = new SessionKey("agent:main:telegram:direct:8");
        bindings.save(binding("t-1"));
        bindings.save(
                new Binding(other, new ThreadId("t-1"), Map.of(), Instant.EPOCH, Instant.EPOCH));

        assertThat(bindings.load(key)).isEmpty();
        assertThat(bindings.of(new ThreadId("t-1")))
                .extracting(Binding::session)
                .containsExactly(other);
    }

    @Test
    void clearingLeavesABindingThatNamesAnotherThread() {
        bindings.save(binding("t-2"));

        assertThat(bindings.clearIfStill(key, new ThreadId("t-1"))).isFalse();
        assertThat(bindings.load(key)).isPresent();
        assertThat(bindings.clearIfStill(key, new ThreadId("t-2"))).isTrue();
        assertThat(bindings.load(key)).isEmpty();
    }

    @Test
    void aThreadGoesOverToTheNextOnlyFromTheOneExpected() {
        assertThat(bindings.bindIfNone(binding("t-1"))).isTrue();
        assertThat(bindings.bindIfNone(binding("t-2"))).isFalse();
        assertThat(bindings.replaceIfStill(new ThreadId("t-0"), binding("t-2"))).isFalse();
        assertThat(bindings.load(key)).contains(binding("t-1"));

        assertThat(bindings.replaceIfStill(new ThreadId("t-1"), binding("t-2"))).isTrue();

        assertThat(bindings.load(key)).contains(binding("t-2"));
    }

    private Binding binding(String thread) {
        Instant at = Instant.parse("2026-01-01T00:00:00.123Z");
        return new Binding(
                key, new ThreadId(thread), Map.of("cwd", "/w", "tools", "sha256:1"), at, at);
    }
}
