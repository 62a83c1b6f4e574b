package dev.chela.harness.appserver;

/** Ends a subscription: nothing is delivered after {@link #close} returned but what is running. */
public interface Subscription extends AutoCloseable {

    @Override
    void close();
}
