package dev.chela.bot.cli;

import dev.chela.config.GatewayConfig;
import dev.chela.config.load.LoadResult;
import dev.chela.config.state.Holder;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks a running bot to end and waits until it did. */
final class Stopping {

    private static final Duration DRAIN_DEFAULT = Duration.ofSeconds(20);
    private static final Duration BEYOND_DRAIN = Duration.ofSeconds(40);

    private Stopping() {}

    /**
     * Ends the bot; returns when its process is gone.
     *
     * @throws RefusedException if it still runs after its drain and some time more
     */
    static void end(Surroundings here, Holder holder) throws InterruptedException {
        Optional<ProcessHandle> process = holder.process();
        if (process.isEmpty()) {
            return;
        }
        try {
            RunningBot.find(here).ifPresent(Stopping::ask);
        } catch (RefusedException silent) {
            // The same end by the other door: a bot that still starts has no calls yet.
            System.err.println("note: " + silent.getMessage() + "; sent it SIGTERM");
            process.get().destroy();
        }
        await(process.get(), drain(here).plus(BEYOND_DRAIN));
    }

    private static void ask(RunningBot running) {
        try (running) {
            running.stop();
        }
    }

    private static Duration drain(Surroundings here) {
        return here.loader().load() instanceof LoadResult.Loaded loaded
                ? drain(loaded.config().gateway())
                : DRAIN_DEFAULT;
    }

    private static Duration drain(GatewayConfig gateway) {
        return gateway.drainTimeout();
    }

    private static void await(ProcessHandle process, Duration patience)
            throws InterruptedException {
        try {
            process.onExit().get(patience.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException slow) {
            throw new RefusedException(
                    "process %d still runs after %d s; look at its log, or end it with kill -9 %d"
                            .formatted(process.pid(), patience.toSeconds(), process.pid()));
        } catch (ExecutionException | CompletionException odd) {
            throw new RefusedException("process %d cannot be waited for".formatted(process.pid()));
        }
    }
}
