package dev.chela.harness.appserver;

import dev.chela.harness.appserver.protocol.ServerNotification;
import dev.chela.harness.appserver.protocol.ServerRequest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The queue between a connection's reader and one listener, and the thread that empties it. */
final class Mailbox {

    /** From here on text deltas are dropped; the completed item has all of the text. */
    static final int DELTAS_UP_TO = 1_000;

    /** From here on the listener is given up. */
    static final int MESSAGES_MAX = 10_000;

    /** Joined deltas grow up to this. */
    static final int JOINED_CHARS_MAX = 64 * 1024;

    private static final Logger log = LoggerFactory.getLogger(Mailbox.class);
    private static final int INTERNAL_ERROR = -32603;

    private sealed interface Letter {
        record Notified(ServerNotification notification) implements Letter {}

        record Requested(ServerRequest request, Reply reply) implements Letter {}

        record Closed(AppServerException cause) implements Letter {}
    }

    private final ThreadListener listener;
    private final WireTap tap;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Letter> letters = new ArrayDeque<>();
    private boolean ended;
    private long droppedDeltas;

    Mailbox(ThreadListener listener, String name) {
        this.listener = listener;
        this.tap = listener.tap();
        Thread.ofVirtual().name("app-server-listener-" + name).start(this::run);
    }

    /** What the listener has look at the wire. */
    WireTap tap() {
        return tap;
    }

    /** Never waits. */
    void notified(ServerNotification notification) {
        lock.lock();
        try {
            if (ended) {
                return;
            }
            if (notification instanceof ServerNotification.Delta delta) {
                if (joined(delta)) {
                    return;
                }
                if (letters.size() >= DELTAS_UP_TO) {
                    droppedDeltas++;
                    return;
                }
            }
            add(new Letter.Notified(notification));
        } finally {
            lock.unlock();
        }
    }

    /** Never waits; false if the listener is gone. */
    boolean requested(ServerRequest request, Reply reply) {
        lock.lock();
        try {
            return !ended && add(new Letter.Requested(request, reply));
        } finally {
            lock.unlock();
        }
    }

    /** The last letter. */
    void closed(AppServerException cause) {
        lock.lock();
        try {
            if (!ended) {
                ended = true;
                letters.add(new Letter.Closed(cause));
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Forgets what waits; requests among it are refused. */
    void cancel() {
        Deque<Letter> left;
        lock.lock();
        try {
            ended = true;
            left = new ArrayDeque<>(letters);
            letters.clear();
            changed.signal();
        } finally {
            lock.unlock();
        }
        refuse(left);
    }

    long droppedDeltas() {
        lock.lock();
        try {
            return droppedDeltas;
        } finally {
            lock.unlock();
        }
    }

    private boolean add(Letter letter) {
        if (letters.size() >= MESSAGES_MAX) {
            ended = true;
            letters.add(
                    new Letter.Closed(
                            new ProtocolViolationException(
                                    "a listener fell %d messages behind and was given up"
                                            .formatted(MESSAGES_MAX),
                                    null)));
            changed.signal();
            return false;
        }
        letters.add(letter);
        changed.signal();
        return true;
    }

    private boolean joined(ServerNotification.Delta delta) {
        if (!(letters.peekLast() instanceof Letter.Notified(ServerNotification.Delta last))
                || last.getClass() != delta.getClass()
                || !last.itemId().equals(delta.itemId())
                || !last.turnId().equals(delta.turnId())
                || last.part() != delta.part()
                || last.delta().length() + delta.delta().length() > JOINED_CHARS_MAX) {
            return false;
        }
        letters.removeLast();
        letters.add(new Letter.Notified(last.append(delta.delta())));
        return true;
    }

    private void run() {
        while (true) {
            Letter letter = next();
            if (letter == null) {
                return;
            }
            try {
                switch (letter) {
                    case Letter.Notified(ServerNotification notification) ->
                            listener.notified(notification);
                    case Letter.Requested(ServerRequest request, Reply reply) ->
                            listener.requested(request, reply);
                    case Letter.Closed(AppServerException cause) -> {
                        listener.closed(cause);
                        return;
                    }
                }
            } catch (RuntimeException e) {
                log.error("a listener of the app-server failed; it goes on", e);
                if (letter instanceof Letter.Requested(var request, Reply reply)) {
                    reply.fail(INTERNAL_ERROR, "the client failed");
                }
            }
        }
    }

    private @Nullable Letter next() {
        lock.lock();
        try {
            while (letters.isEmpty()) {
                if (ended) {
                    return null;
                }
                changed.awaitUninterruptibly();
            }
            return letters.poll();
        } finally {
            lock.unlock();
        }
    }

    private static void refuse(Deque<Letter> letters) {
        for (Letter letter : letters) {
            if (letter instanceof Letter.Requested(var request, Reply reply)) {
                reply.fail(Reply.NOT_SERVED, "nobody listens to this thread any more");
            }
        }
    }
}
