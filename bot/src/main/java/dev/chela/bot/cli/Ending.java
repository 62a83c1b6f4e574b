package dev.chela.bot.cli;

import dev.chela.bot.Chela;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a bot in the foreground ends: a signal or a control call lets it drain, then the process
 * exits with 0. Signals that come meanwhile change nothing; the drain has its own bound.
 */
final class Ending {

    private static final Logger LOG = LoggerFactory.getLogger(Ending.class);

    private final CountDownLatch asked = new CountDownLatch(1);

    /** Begins the end; returns at once. */
    void ask() {
        asked.countDown();
    }

    /** Closes {@code chela} when the process ends, however it is told to. */
    void closes(Chela chela) {
        Runtime.getRuntime()
                .addShutdownHook(
                        Thread.ofPlatform()
                                .name("chela-stop")
                                .unstarted(() -> Runtime.getRuntime().halt(drained(chela))));
    }

    /** Waits for a control call that ends the process; a signal never lets it return. */
    void await() throws InterruptedException {
        asked.await();
    }

    /** The exit code. A hook that only returned would leave the signal's own code, 143. */
    private static int drained(Chela chela) {
        try {
            chela.close();
            return 0;
        } catch (RuntimeException failed) { // the root of the thread that ends the process
            LOG.error("the stop did not end as it should; the next start recovers", failed);
            return 1;
        }
    }
}
