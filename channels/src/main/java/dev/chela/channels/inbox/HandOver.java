package dev.chela.channels.inbox;

import dev.chela.channels.ButtonPress;
import dev.chela.config.state.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives open rows to the listener, each once a start and in ticket order per conversation. What was
 * not given yet stands in the database, so a slow conversation costs no memory.
 */
final class HandOver {

    private static final Logger log = LoggerFactory.getLogger(HandOver.class);
    private static final int ROWS_AT_ONCE = 100;
    private static final int REMEMBERED_MAX = 10_000;
    private static final int TRIES_MAX = 6;
    private static final long FIRST_PAUSE_MILLIS = 125;

    private final Database database;
    private final InboxListener listener;
    private final ByConversation workers;
    private final InstantSource clock;

    /** The last ticket given away, by conversation. */
    private final ConcurrentMap<String, Long> given = new ConcurrentHashMap<>();

    private final ConcurrentMap<String, Integer> refusals = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Integer> breaks = new ConcurrentHashMap<>();

    HandOver(Database database, InboxListener listener, Executor executor, InstantSource clock) {
        this.database = database;
        this.clock = clock;
        this.listener = listener;
        this.workers = new ByConversation("inbox", executor, this::work);
    }

    void signal(String conversation) {
        workers.signal(conversation);
    }

    void refused(ButtonPress press) {
        listener.refused(press);
    }

    boolean close(Duration atMost) {
        return workers.close(atMost);
    }

    /** What breaks off is begun again: nobody else would signal the conversation. */
    private void work(String conversation) {
        CompletableFuture.runAsync(() -> drain(conversation), Runnable::run)
                .thenRun(() -> breaks.remove(conversation))
                .exceptionally(failure -> brokenOff(conversation, failure))
                .join();
    }

    private @Nullable Void brokenOff(String conversation, Throwable failure) {
        log.error("inbox conversation={} broke off", conversation, failure);
        int times = Math.min(TRIES_MAX, breaks.merge(conversation, 1, Integer::sum));
        signalAfter(conversation, Duration.ofMillis(FIRST_PAUSE_MILLIS << times));
        return null;
    }

    private void drain(String conversation) {
        // Before the rows: what comes while they are read is not too late for them.
        Instant now = clock.instant();
        List<InboxTable.Handed> rows = next(conversation);
        while (!rows.isEmpty()) {
            int at = 0;
            while (at < rows.size()) {
                Gathering gathering = Gathering.of(rows.subList(at, rows.size()), listener);
                Duration left = gathering.left(now);
                if (left.isPositive()) {
                    signalAfter(conversation, left);
                    return;
                }
                if (!give(together(gathering)) && comesAgain(conversation)) {
                    return;
                }
                refusals.remove(conversation);
                given.put(conversation, gathering.rows().getLast().row().seq());
                at += gathering.rows().size();
            }
            now = clock.instant();
            rows = next(conversation);
        }
        if (given.size() > REMEMBERED_MAX && hasNoOpenRow(conversation)) {
            given.remove(conversation);
        }
    }

    /** One row of several: the last one, with everybody's words; the others are closed. */
    private InboxTable.Handed together(Gathering gathering) {
        if (gathering.rows().size() == 1) {
            return gathering.rows().getFirst();
        }
        return database.writeNow(
                "inbox.join", db -> InboxTable.join(db, gathering.tickets(), clock.instant()));
    }

    private void signalAfter(String conversation, Duration wait) {
        CompletableFuture.delayedExecutor(Math.max(1, wait.toMillis()), TimeUnit.MILLISECONDS)
                .execute(() -> workers.signal(conversation));
    }

    private List<InboxTable.Handed> next(String conversation) {
        long after = given.getOrDefault(conversation, 0L);
        return database.readNow(db -> InboxTable.openAfter(db, conversation, after, ROWS_AT_ONCE));
    }

    private boolean hasNoOpenRow(String conversation) {
        return database.readNow(db -> InboxTable.openAfter(db, conversation, 0, 1)).isEmpty();
    }

    /** Whether the listener took it. */
    private boolean give(InboxTable.Handed handed) {
        return CompletableFuture.runAsync(() -> tell(handed), Runnable::run)
                .handle(
                        (nothing, failure) -> {
                            if (failure != null) {
                                log.error(
                                        "inbox seq={} was not taken", handed.row().seq(), failure);
                            }
                            return failure == null;
                        })
                .join();
    }

    /**
     * Brings a refused row again after a growing pause, before later ones of its conversation;
     * after the last try it is left for the next start, so that it holds up nobody for ever.
     */
    private boolean comesAgain(String conversation) {
        int refused = refusals.merge(conversation, 1, Integer::sum);
        if (refused > TRIES_MAX) {
            return false;
        }
        signalAfter(conversation, Duration.ofMillis(FIRST_PAUSE_MILLIS << refused));
        return true;
    }

    private void tell(InboxTable.Handed handed) {
        handed.pairingCode()
                .ifPresentOrElse(
                        code -> listener.pairing(handed.row(), code),
                        () -> listener.accepted(handed.row()));
    }
}
