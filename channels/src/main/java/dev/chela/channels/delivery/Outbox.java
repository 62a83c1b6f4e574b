package dev.chela.channels.delivery;

import dev.chela.channels.Chunk;
import dev.chela.channels.Conversation;
import dev.chela.channels.delivery.OutboxRow.Action;
import dev.chela.channels.delivery.OutboxRow.State;
import dev.chela.channels.inbox.Inbox;
import dev.chela.config.state.Database;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jdbi.v3.core.Handle;

/** The write jobs of the outbox: each leaves every row in a state that a restart understands. */
final class Outbox {

    /** How many rows of one conversation may wait; further ones are stored as failed. */
    static final int WAITING_MAX = 500;

    private final Database database;
    private final Inbox inbox;
    private final InstantSource clock;

    Outbox(Database database, Inbox inbox, InstantSource clock) {
        this.database = database;
        this.inbox = inbox;
        this.clock = clock;
    }

    /**
     * What was stored.
     *
     * @param waits whether all of it is new and waits to be sent
     * @param begun the first part if an attempt at it was begun in the same commit
     */
    record Stored(boolean waits, Optional<OutboxRow> begun) {}

    /**
     * Who may begin an attempt in the commit that stores it: the conversation must be theirs.
     *
     * @param allows asked last; true counts as a call
     */
    record Start(boolean edits, BooleanSupplier allows) {}

    /** Stores an intent, unless it is stored already, and closes the inbox rows it answers. */
    Stored post(Intent intent, List<Draft> drafts, Optional<Start> start) {
        Instant now = clock.instant();
        return database.writeNow(
                "delivery.post",
                db -> {
                    Stored stored = new Stored(false, Optional.empty());
                    if (!OutboxTable.exists(db, intent.id())) {
                        stored = insert(db, intent, drafts, start, now);
                    }
                    Closing closing = intent.closing();
                    inbox.close(db, closing.tickets(), closing.outcome(), closing.detail());
                    return stored;
                });
    }

    private static Stored insert(
            Handle db, Intent intent, List<Draft> drafts, Optional<Start> start, Instant now) {
        String conversation = intent.to().token();
        if (drafts.isEmpty()) {
            if (intent.endsPreview()) {
                dropPreview(db, intent.to(), intent.turn().orElseThrow(), now);
            }
            return new Stored(false, Optional.empty());
        }
        Optional<Start> first =
                start.filter(_ -> drafts.getFirst().targetRow().isEmpty())
                        .filter(_ -> OutboxTable.unsettled(db, conversation) == 0);
        Optional<String> refusal = first.isPresent() ? Optional.empty() : refusal(db, intent.to());
        drafts.forEach(draft -> OutboxTable.insert(db, draft, refusal, now));
        Optional<OutboxRow> begun =
                first.filter(who -> who.allows().getAsBoolean())
                        .flatMap(
                                who ->
                                        OutboxTable.head(db, conversation)
                                                .flatMap(row -> begin(db, row, who.edits(), now)));
        return new Stored(refusal.isEmpty(), begun);
    }

    private static Optional<String> refusal(Handle db, Conversation to) {
        return OutboxTable.waiting(db, to.token()) < WAITING_MAX
                ? Optional.empty()
                : Optional.of("%d messages wait in this conversation".formatted(WAITING_MAX));
    }

    Optional<OutboxRow> head(String conversation) {
        return database.readNow(db -> OutboxTable.head(db, conversation));
    }

    int unsettled(Conversation where) {
        return database.readNow(db -> OutboxTable.unsettled(db, where.token()));
    }

    List<OutboxRow> ofIntent(String intent) {
        return database.readNow(db -> OutboxTable.ofIntent(db, intent));
    }

    /**
     * Marks an attempt as begun. An edit that refers to a row gets its platform id, and the end of
     * a turn takes the preview's place where it is still the lowest message.
     *
     * @return the row as it is to be tried; empty if there is nothing to try it on
     */
    Optional<OutboxRow> begin(OutboxRow row, boolean edits) {
        Instant now = clock.instant();
        return database.writeNow("delivery.attempt", db -> begin(db, row, edits, now));
    }

    private static Optional<OutboxRow> begin(Handle db, OutboxRow row, boolean edits, Instant now) {
        Action action = row.action();
        Optional<String> target = row.target();
        if (row.targetRow().isPresent()) {
            target = OutboxTable.row(db, row.targetRow().get()).flatMap(OutboxRow::messageId);
            if (target.isEmpty()) {
                String reason = "the message to change did not arrive";
                OutboxChanges.ended(db, row.id(), State.FAILED, reason, now);
                return Optional.empty();
            }
        } else if (action == Action.SEND && edits && canEndPreview(row)) {
            target = preview(db, row);
            action = target.isPresent() ? Action.EDIT : Action.SEND;
        }
        OutboxChanges.started(db, row, action, target, now);
        return Optional.of(row.attempted(action, target));
    }

    private static boolean canEndPreview(OutboxRow row) {
        return row.endsPreview()
                && row.chunk().map(chunk -> chunk.attachments().isEmpty()).orElse(false);
    }

    private static Optional<String> preview(Handle db, OutboxRow row) {
        return PreviewTable.lowest(db, row.conversation().token(), row.turn().orElseThrow());
    }

    /** Writes what follows from an attempt, and the notice about it. */
    void settle(OutboxRow row, Next next, List<Draft> notice) {
        Instant now = clock.instant();
        database.writeNow(
                "delivery.settle",
                db -> {
                    settle(db, row, next, now);
                    if (!notice.isEmpty() && !OutboxTable.exists(db, notice.getFirst().intent())) {
                        OutboxTable.insertAll(db, notice, now);
                    }
                    return row.id();
                });
    }

    private static void settle(Handle db, OutboxRow row, Next next, Instant now) {
        switch (next) {
            case Next.Arrived(String messageId) -> {
                OutboxChanges.acknowledged(db, row.id(), messageId, now);
                if (row.endsPreview()) {
                    endPreview(db, row, now);
                }
            }
            case Next.Again(var pause) ->
                    OutboxChanges.waits(db, row, State.QUEUED, now.plus(pause), now);
            case Next.Ask(var pause) ->
                    OutboxChanges.waits(db, row, State.ASKING, now.plus(pause), now);
            case Next.AsSend asSend -> {
                OutboxChanges.becomesSend(db, row.id(), now);
                dropPreview(db, row.conversation(), row.turn().orElseThrow(), now);
            }
            case Next.Lost(String reason) ->
                    OutboxChanges.ended(db, row.id(), State.UNKNOWN, reason, now);
            case Next.Failed(String reason, boolean permanent) -> {
                OutboxChanges.ended(db, row.id(), State.FAILED, reason, now);
                OutboxChanges.failRest(db, row.intent(), "an earlier part was not delivered", now);
            }
        }
    }

    private static void endPreview(Handle db, OutboxRow row, Instant now) {
        String turn = row.turn().orElseThrow();
        if (row.action() == Action.EDIT) {
            PreviewTable.take(db, row.conversation().token(), turn);
        } else {
            dropPreview(db, row.conversation(), turn, now);
        }
    }

    /** Forgets the preview of a turn and has its message deleted. */
    private static void dropPreview(Handle db, Conversation where, String turn, Instant now) {
        PreviewTable.take(db, where.token(), turn)
                .ifPresent(
                        message ->
                                OutboxTable.insert(
                                        db,
                                        Draft.on(
                                                "preview:" + message + ":gone:" + turn,
                                                0,
                                                where,
                                                Action.DELETE,
                                                message,
                                                Optional.empty()),
                                        Optional.empty(),
                                        now));
    }

    void discardPreview(Conversation where, String turn) {
        Instant now = clock.instant();
        database.writeNow(
                "preview.discard",
                db -> {
                    dropPreview(db, where, turn, now);
                    return turn;
                });
    }

    void storePreview(Conversation where, String turn, String messageId) {
        Instant now = clock.instant();
        database.writeNow(
                "preview.store",
                db -> {
                    PreviewTable.put(db, where.token(), turn, messageId, now);
                    return turn;
                });
    }

    Optional<String> preview(Conversation where, String turn) {
        return database.readNow(db -> PreviewTable.messageId(db, where.token(), turn));
    }

    /** The rows an earlier run left in the middle of an attempt. */
    List<OutboxRow> leftStarted() {
        return database.readNow(OutboxTable::started);
    }

    /**
     * After a restart: waiting rows go on with the slow pauses; returns the conversations in which
     * something waits.
     */
    Set<String> resume(DeliverySettings settings) {
        Instant now = clock.instant();
        return database.writeNow(
                "delivery.recover",
                db -> {
                    Set<String> conversations = new LinkedHashSet<>();
                    for (OutboxRow row : OutboxTable.waiting(db)) {
                        conversations.add(row.conversation().token());
                        int made =
                                settings.rules()
                                        .apply(row.conversation())
                                        .madeBeforeStart(row.attempts());
                        OutboxChanges.waits(db, row, row.state(), made, row.dueAt(), now);
                    }
                    return conversations;
                });
    }

    /** New words for an intent that was posted before. */
    boolean amend(String intent, List<Chunk> chunks) {
        Instant now = clock.instant();
        return database.writeNow("delivery.amend", db -> Amending.amend(db, intent, chunks, now));
    }

    Optional<OutboxRow> row(long id) {
        return database.readNow(db -> OutboxTable.row(db, id));
    }

    Resent resend(long id, Conversation from) {
        Instant now = clock.instant();
        return database.writeNow("delivery.resend", db -> Resending.again(db, id, from, now));
    }

    List<String> said(String turn, Conversation where) {
        return database.readNow(db -> OutboxTable.said(db, turn, where.token()));
    }

    boolean isOurs(Conversation where, String messageId) {
        return database.readNow(db -> OutboxTable.isOurs(db, where.token(), messageId));
    }

    boolean hasReacted(Conversation where, String messageId) {
        return database.readNow(db -> OutboxTable.hasReacted(db, where.token(), messageId));
    }

    /** One bounded job of forgetting; how many rows lost something. */
    int prune(Instant bodiesBefore, Instant rowsBefore, int max) {
        return database.writeNow(
                "delivery.prune",
                db ->
                        OutboxChanges.pruneBodies(db, bodiesBefore, max)
                                + OutboxChanges.pruneRows(db, rowsBefore, max)
                                + PreviewTable.prune(db, rowsBefore));
    }

    /** When the newest row changed whose words are one too many; empty if none are. */
    Optional<Instant> tooManyUpTo(long bytesMax) {
        return database.readNow(db -> OutboxChanges.tooManyUpTo(db, bytesMax));
    }

    Map<String, Long> tally() {
        return database.readNow(OutboxTable::tally);
    }
}
