package dev.chela.channels.delivery;

import dev.chela.channels.Conversation;

/** Told what did not arrive, on the conversation's thread; must come back soon. */
@FunctionalInterface
public interface DeliveryListener {

    /**
     * Something failed or stayed unknown for good.
     *
     * @param permanent whether the platform refused it, so that nothing further will get through
     *     either: chat gone, bot blocked
     */
    void undelivered(Conversation to, Posted posted, boolean permanent);

    /** Nobody listens. */
    static DeliveryListener none() {
        return (to, posted, permanent) -> {};
    }
}
