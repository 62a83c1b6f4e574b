package dev.chela.channels;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The channels of this bot, by id and account.
 *
 * <p>Each is started on a virtual thread of its own, so that one that hangs or fails holds up no
 * other; one that fails is started again after a pause that doubles up to five minutes, and says so
 * in its health meanwhile. Safe for use by several threads.
 */
public final class Channels implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Channels.class);
    private static final Duration PAUSE_MAX = Duration.ofMinutes(5);
    private static final Duration FIRST_START_WAIT = Duration.ofSeconds(5);

    private final Duration pauseMin;
    private final List<Supervised> all = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    /** Channels that are started again after a second at first. */
    public Channels() {
        this(Duration.ofSeconds(1));
    }

    Channels(Duration pauseMin) {
        this.pauseMin = pauseMin;
    }

    /** One channel and how it is. */
    public record Status(String id, String account, ChannelHealth health) {}

    /**
     * Adds a channel before {@link #start}.
     *
     * @throws IllegalArgumentException if that account is there already
     */
    public void add(Channel channel) {
        if (of(channel.id(), channel.account()).isPresent()) {
            throw new IllegalArgumentException(
                    "channel %s account %s is configured twice"
                            .formatted(channel.id(), channel.account()));
        }
        all.add(new Supervised(channel));
    }

    /** The channel of a conversation; empty if it is not configured. */
    public Optional<Channel> of(Conversation where) {
        return of(where.channel(), where.account());
    }

    public Optional<Channel> of(String id, String account) {
        return all.stream()
                .map(one -> one.channel)
                .filter(one -> one.id().equals(id) && one.account().equals(account))
                .findFirst();
    }

    public List<Channel> all() {
        return all.stream().map(one -> one.channel).toList();
    }

    /** Lets every channel listen; waits at most 5 s for the first tries, all at once. */
    public void start(Intake intake) {
        CountDownLatch tried = new CountDownLatch(all.size());
        for (Supervised one : all) {
            Thread.ofVirtual()
                    .name("chela-channel-" + one.channel.id())
                    .start(() -> one.supervise(intake, tried));
        }
        await(tried, FIRST_START_WAIT);
    }

    /** How each channel is; one that could not be started says why. */
    public List<Status> status() {
        return all.stream()
                .map(one -> new Status(one.channel.id(), one.channel.account(), one.health()))
                .toList();
    }

    /** Whether every channel hears its platform. */
    public boolean isListening() {
        return all.stream().allMatch(one -> one.health().listening());
    }

    /** Closes every channel, also if one of them fails to; idempotent. */
    @Override
    public void close() {
        closed.countDown();
        for (Supervised one : all) {
            CompletableFuture.runAsync(one.channel::close, Runnable::run)
                    .exceptionally(
                            failure -> {
                                log.warn("channel={} did not close", one.channel.id(), failure);
                                return null;
                            })
                    .join();
        }
    }

    private static boolean await(CountDownLatch latch, Duration atMost) {
        try {
            return latch.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private final class Supervised {

        private final Channel channel;
        private volatile Optional<String> problem = Optional.empty();

        Supervised(Channel channel) {
            this.channel = channel;
        }

        ChannelHealth health() {
            ChannelHealth own = channel.health();
            return problem.isEmpty() ? own : new ChannelHealth(false, own.lastInbound(), problem);
        }

        void supervise(Intake intake, CountDownLatch tried) {
            Duration pause = pauseMin;
            while (!begin(intake, tried) && !await(closed, pause)) {
                pause = pause.multipliedBy(2);
                pause = pause.compareTo(PAUSE_MAX) > 0 ? PAUSE_MAX : pause;
            }
        }

        private boolean begin(Intake intake, CountDownLatch tried) {
            boolean begun =
                    CompletableFuture.runAsync(() -> channel.start(intake), Runnable::run)
                            .handle((done, failure) -> failure == null || failed(failure))
                            .join();
            if (begun) {
                problem = Optional.empty();
            }
            tried.countDown();
            return begun;
        }

        private boolean failed(Throwable failure) {
            Throwable cause = failure.getCause() == null ? failure : failure.getCause();
            problem = Optional.of("cannot start, trying again: " + cause.getMessage());
            log.warn(
                    "channel={} account={} cannot start, trying again: {}",
                    channel.id(),
                    channel.account(),
                    cause.getMessage());
            return false;
        }
    }
}
