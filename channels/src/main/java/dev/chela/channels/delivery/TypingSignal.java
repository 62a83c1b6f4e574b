package dev.chela.channels.delivery;

/** A sign that an answer is coming, shown until it is closed; closing is idempotent. */
public interface TypingSignal extends AutoCloseable {

    @Override
    void close();
}
