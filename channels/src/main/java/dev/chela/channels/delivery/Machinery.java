package dev.chela.channels.delivery;

import dev.chela.channels.inbox.ByConversation;
import dev.chela.config.state.Checkpoints;
import java.time.InstantSource;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/**
 * Time, chance, threads and checkpoints, as delivery sees them.
 *
 * @param executor where a conversation is worked on
 */
public record Machinery(
        InstantSource clock,
        Alarm alarm,
        Executor executor,
        RandomGenerator random,
        Checkpoints checkpoints) {

    /** The machine's own time, on virtual threads. */
    public static Machinery system(InstantSource clock, Checkpoints checkpoints) {
        return new Machinery(
                clock,
                new SystemAlarm(),
                ByConversation.virtualThreads("chela-delivery"),
                new SharedRandom(),
                checkpoints);
    }

    /** Jitter drawn by several threads. */
    private static final class SharedRandom implements RandomGenerator {

        private final SplittableRandom random = new SplittableRandom();

        @Override
        public synchronized long nextLong() {
            return random.nextLong();
        }
    }
}
