package dev.chela.harness.session;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.chela.harness.AgentHarness;
import dev.chela.harness.Beginning;
import dev.chela.harness.InputKey;
import dev.chela.harness.Prompt;
import dev.chela.harness.SessionKey;
import dev.chela.harness.SteerAnswer;
import dev.chela.harness.TurnEvent;
import dev.chela.harness.TurnKey;
import dev.chela.harness.TurnOutcome;
import dev.chela.harness.TurnRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * The same promise as in {@link InterleavingTest}, with Chela's own harness and the imitated server
 * in place of an imagined one. {@code -Dchela.interleaving.seeds=N} lives more lives.
 */
class ServerInterleavingTest {

    private static final int SEEDS = Integer.getInteger("chela.interleaving.seeds", 150);
    private static final Logger LOG = (Logger) LoggerFactory.getLogger("dev.chela.harness");

    @TempDir private Path root;

    @BeforeAll
    static void doNotTellEveryDeath() {
        LOG.setLevel(Level.OFF);
    }

    @AfterAll
    static void tellAgain() {
        LOG.setLevel(null);
    }

    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void everyMessageIsTakenOnceOrToldAboutAndKeepsItsPlace() throws Exception {
        int restarts = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            restarts += lived(seed, UnaryOperator.identity());
        }
        assertThat(restarts).isGreaterThan(SEEDS);
    }

    @Test
    void aHarnessThatForgetsSteersOverARestartIsFound() throws Exception {
        assertThat(isFound(Forgetful::new)).isTrue();
    }

    private boolean isFound(UnaryOperator<AgentHarness> spoiled) throws Exception {
        for (long seed = 1_000; seed < 1_400; seed++) {
            try {
                lived(seed, spoiled);
            } catch (AssertionError found) {
                return true;
            }
        }
        return false;
    }

    private int lived(long seed, UnaryOperator<AgentHarness> spoiled)
            throws IOException, InterruptedException {
        try (var life = new ServerInterleaving(seed, root.resolve("life" + seed), spoiled)) {
            life.live();
            return life.restarts();
        } catch (AssertionError e) {
            throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
        }
    }

    private record Forgetful(AgentHarness inner) implements AgentHarness {

        @Override
        public TurnOutcome run(TurnRequest request, Consumer<TurnEvent> events) {
            return inner.run(request, events);
        }

        @Override
        public TurnOutcome recover(TurnRequest request, Consumer<TurnEvent> events) {
            Beginning known = request.begun().orElseThrow();
            return inner.recover(request.begun(new Beginning(known.at(), known.heard())), events);
        }

        @Override
        public SteerAnswer steer(TurnKey turn, InputKey input, Prompt prompt) {
            return inner.steer(turn, input, prompt);
        }

        @Override
        public void interrupt(TurnKey turn, TurnOutcome.Cause cause) {
            inner.interrupt(turn, cause);
        }

        @Override
        public void forget(SessionKey session) {
            inner.forget(session);
        }
    }
}
