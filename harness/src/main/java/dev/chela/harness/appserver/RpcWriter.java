package dev.chela.harness.appserver;

import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The one thread that writes to a connection. At most 1 000 messages wait; callers then wait within
 * their own deadline.
 */
final class RpcWriter {

    private static final int WAITING_MAX = 1_000;

    private final Transport transport;
    private final Consumer<String> onBroken;
    private final BlockingQueue<String> waiting = new ArrayBlockingQueue<>(WAITING_MAX);
    private final Thread thread;

    RpcWriter(Transport transport, Consumer<String> onBroken) {
        this.transport = transport;
        this.onBroken = onBroken;
        this.thread = Thread.ofVirtual().name("app-server-writer").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Hands a message over; false if there was no room in time. */
    boolean offer(String message, long nanos) throws InterruptedException {
        return waiting.offer(message, nanos, TimeUnit.NANOSECONDS);
    }

    /** Hands a message over without waiting; false if there is no room. */
    boolean offerNow(String message) {
        return waiting.offer(message);
    }

    void stop() {
        thread.interrupt();
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                transport.send(waiting.take());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            onBroken.accept(String.valueOf(e.getMessage()));
        }
    }
}
