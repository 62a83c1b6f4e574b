package dev.chela.harness.session;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.chela.harness.AgentHarness;
import dev.chela.harness.Beginning;
import dev.chela.harness.SystemTimers;
import dev.chela.harness.TurnEvent;
import dev.chela.harness.TurnOutcome;
import dev.chela.harness.TurnRequest;
import dev.chela.harness.kit.ChangedHarness;
import dev.chela.harness.kit.TrustingHarness;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
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

    private static final int SEEDS = Integer.getInteger("chela.interleaving.seeds", 2_000);
    private static final int AT_ONCE = 48;
    private static final Logger LIVES =
            (Logger) LoggerFactory.getLogger(ServerInterleavingTest.class);
    private static final Logger LOG = (Logger) LoggerFactory.getLogger("dev.chela.harness");

    @TempDir private Path root;
    private final SystemTimers timers = new SystemTimers();

    @BeforeAll
    static void doNotTellEveryDeath() {
        LOG.setLevel(Level.OFF);
        LIVES.setLevel(Level.INFO);
    }

    @AfterAll
    static void tellAgain() {
        LOG.setLevel(null);
        LIVES.setLevel(null);
    }

    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void everyMessageIsTakenOnceOrToldAboutAndKeepsItsPlace() throws Exception {
        Lives lives = new Lives(0, SEEDS, UnaryOperator.identity());

        lives.live();

        LIVES.info(
                "interleaving: lives={} restarts={} steersLost={}",
                SEEDS,
                lives.restarts.get(),
                lives.steersLost.get());
        assertThat(lives.failures).isEmpty();
        assertThat(lives.restarts.get()).isGreaterThan(SEEDS);
        assertThat(lives.steersLost.get())
                .as("steers that were answered and then lost to an interrupt or an end")
                .isGreaterThan(SEEDS / 50);
    }

    @Test
    void aHarnessThatForgetsSteersOverARestartIsFound() throws Exception {
        assertThat(failures(Forgetful::new)).isNotEmpty();
    }

    @Test
    void aHarnessThatTrustsTheReplyOfASteerIsFound() throws Exception {
        assertThat(failures(TrustingHarness::new)).isNotEmpty();
    }

    private Queue<String> failures(UnaryOperator<AgentHarness> spoiled) throws Exception {
        Lives lives = new Lives(1_000_000, 400, spoiled);
        lives.live();
        return lives.failures;
    }

    /** Many at once, for each waits more than it works; ended by the first that fails. */
    private final class Lives {

        private final AtomicLong next;
        private final long end;
        private final UnaryOperator<AgentHarness> spoiled;
        private final AtomicInteger restarts = new AtomicInteger();
        private final AtomicInteger steersLost = new AtomicInteger();
        private final Queue<String> failures = new ConcurrentLinkedQueue<>();

        Lives(long first, int count, UnaryOperator<AgentHarness> spoiled) {
            this.next = new AtomicLong(first);
            this.end = first + count;
            this.spoiled = spoiled;
        }

        void live() throws InterruptedException, ExecutionException {
            List<Callable<Boolean>> workers = Collections.nCopies(AT_ONCE, this::work);
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (Future<Boolean> done : threads.invokeAll(workers)) {
                    done.get();
                }
            }
        }

        private boolean work() throws IOException, InterruptedException {
            long seed = next.getAndIncrement();
            while (seed < end && failures.isEmpty()) {
                live(seed);
                seed = next.getAndIncrement();
            }
            return true;
        }

        private void live(long seed) throws IOException, InterruptedException {
            Path home = root.resolve("life" + seed);
            try (var life = new ServerInterleaving(seed, home, timers, spoiled)) {
                life.live();
                restarts.addAndGet(life.restarts());
                steersLost.addAndGet(life.steersLost());
            } catch (AssertionError e) {
                failures.add("seed " + seed + ": " + e.getMessage());
            }
        }
    }

    /** Does not look for the steers of an earlier process. */
    private static final class Forgetful extends ChangedHarness {

        Forgetful(AgentHarness inner) {
            super(inner);
        }

        @Override
        public TurnOutcome recover(TurnRequest request, Consumer<TurnEvent> events) {
            Beginning known = request.begun().orElseThrow();
            return super.recover(request.begun(new Beginning(known.at(), known.heard())), events);
        }
    }
}
