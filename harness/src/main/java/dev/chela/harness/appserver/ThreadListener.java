package dev.chela.harness.appserver;

import dev.chela.harness.appserver.protocol.ServerNotification;
import dev.chela.harness.appserver.protocol.ServerRequest;

/**
 * Hears a subscription's messages, in order, on a virtual thread of its own; may block and may make
 * requests. While it is behind, text deltas of one item are joined and, beyond 1 000 waiting
 * messages, dropped; nothing else is. Beyond 10 000 the subscription ends with {@link #closed}.
 */
public interface ThreadListener {

    void notified(ServerNotification notification);

    /** Answer now or later, from any thread; the server waits without limit. */
    default void requested(ServerRequest request, Reply reply) {
        reply.fail(Reply.NOT_SERVED, "not served here");
    }

    /** Is shown each notification as it came, before {@link #notified} hears of it. */
    default WireTap tap() {
        return WireTap.NONE;
    }

    /** The last call: nothing comes any more. Not called after {@link Subscription#close}. */
    default void closed(AppServerException cause) {}
}
