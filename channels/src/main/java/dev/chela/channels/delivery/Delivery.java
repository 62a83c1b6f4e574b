package dev.chela.channels.delivery;

import dev.chela.channels.Button;
import dev.chela.channels.Channel;
import dev.chela.channels.Chunk;
import dev.chela.channels.Conversation;
import dev.chela.channels.OutboundMessage;
import dev.chela.channels.delivery.OutboxRow.Action;
import dev.chela.channels.inbox.ByConversation;
import dev.chela.channels.inbox.Inbox;
import dev.chela.channels.inbox.Retention;
import dev.chela.config.state.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Words on their way to people.
 *
 * <p>{@link #post} stores and returns; sending goes on behind it, one conversation at a time and in
 * order. What was stored is sent at most once, also over restarts: a call whose answer was lost is
 * asked about where the platform can be asked, else the person is told once and may have it sent
 * again. Safe for use by several threads; calls wait for the database and belong on virtual
 * threads.
 */
public final class Delivery implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Delivery.class);
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(10);
    private static final int PRUNED_AT_ONCE = 500;
    private static final int ROUNDS_MAX = 200;

    private final Outbox outbox;
    private final Function<Conversation, Optional<Channel>> channels;
    private final DeliverySettings settings;
    private final Machinery machinery;
    private final Waiters waiters;
    private final Previews previews;
    private final Typing typing;
    private final Lane lane;
    private final ByConversation workers;

    /**
     * @param channels the channel of a conversation; empty if it is not configured
     */
    public Delivery(
            Database database,
            Inbox inbox,
            Function<Conversation, Optional<Channel>> channels,
            DeliverySettings settings,
            Machinery machinery) {
        this.outbox = new Outbox(database, inbox, machinery.clock());
        this.channels = channels;
        this.settings = settings;
        this.machinery = machinery;
        this.waiters = new Waiters(outbox, machinery.executor());
        Wakeups wakeups = new Wakeups(machinery, this::signal);
        this.previews = new Previews(outbox, channels, settings, machinery, this::signal, wakeups);
        this.typing = new Typing(channels, settings.pauses().typing(), machinery);
        this.lane = new Lane(outbox, channels, settings, machinery, wakeups, previews, waiters);
        this.workers = new ByConversation("delivery", machinery.executor(), lane::work);
    }

    /**
     * Goes on where the last run stopped: sends that were under way are asked about or told to the
     * person, waiting ones go out in order.
     */
    public void start() {
        for (OutboxRow row : outbox.leftStarted()) {
            channels.apply(row.conversation())
                    .ifPresentOrElse(
                            channel -> lane.settle(row, afterRestart(row, channel), channel),
                            () -> log.warn("outbox id={} has no channel any more", row.id()));
        }
        outbox.resume(settings).forEach(workers::signal);
    }

    private static Next afterRestart(OutboxRow row, Channel channel) {
        boolean askable = channel.capabilities().askable();
        if (row.repeatable() || row.isNotice() || row.isPrompt() && !askable) {
            return new Next.Again(Duration.ZERO);
        }
        return askable
                ? new Next.Ask(Duration.ZERO)
                : new Next.Lost("the bot stopped before the platform answered");
    }

    /**
     * Stores an intent and closes the inbox rows it answers in one commit, then sends. An intent
     * that is stored already is not stored again.
     *
     * @return completes when every part arrived, failed, or is unknown for good; may take minutes
     * @throws DeliveryException if the conversation's channel is not configured
     */
    public CompletableFuture<Posted> post(Intent intent) {
        Channel channel = channel(intent.to());
        List<Draft> drafts = drafts(intent, channel);
        if (intent.endsPreview()) {
            previews.end(intent.to(), intent.turn().orElseThrow());
        }
        CompletableFuture<Posted> posted = waiters.expect(intent.id());
        if (!store(intent, drafts, channel)) {
            waiters.lookUp(intent.id());
        }
        return posted;
    }

    /**
     * Stores, and has it sent. Where nobody works on the conversation and nothing waits there, the
     * first attempt begins with the same commit.
     *
     * @return whether all of it is new and waits
     */
    private boolean store(Intent intent, List<Draft> drafts, Channel channel) {
        String conversation = intent.to().token();
        if (!workers.take(conversation)) {
            boolean waits = outbox.post(intent, drafts, Optional.empty()).waits();
            signal(conversation);
            return waits;
        }
        Optional<OutboxRow> begun = Optional.empty();
        try {
            Outbox.Start start = lane.start(intent.to(), channel);
            Outbox.Stored stored = outbox.post(intent, drafts, Optional.of(start));
            begun = stored.begun();
            return stored.waits();
        } finally {
            Optional<OutboxRow> trying = begun;
            workers.goOn(conversation, () -> trying.ifPresent(row -> lane.call(row, channel)));
        }
    }

    /**
     * {@link #post}'s future for an intent that was posted before, perhaps by an earlier run.
     *
     * @throws DeliveryException if there is no such intent
     */
    public CompletableFuture<Posted> delivered(String intent) {
        if (outbox.ofIntent(intent).isEmpty()) {
            throw new DeliveryException("intent %s was never stored".formatted(intent));
        }
        return waiters.of(intent);
    }

    /** What became of an intent so far; empty if it was never stored or had nothing to say. */
    public Optional<Posted> outcome(String intent) {
        List<OutboxRow> parts = outbox.ofIntent(intent);
        return parts.isEmpty() ? Optional.empty() : Optional.of(Posted.of(intent, parts));
    }

    /** How many parts for a conversation are stored and have not ended yet. */
    public int unsettled(Conversation where) {
        return outbox.unsettled(where);
    }

    /**
     * Gives a posted intent new words, in place where they were sent: an approval card becomes its
     * outcome. The newest words win.
     *
     * @return whether there is such an intent on a platform that can edit
     */
    public boolean amend(String intent, OutboundMessage message) {
        List<OutboxRow> parts = outbox.ofIntent(intent);
        if (parts.isEmpty()) {
            return false;
        }
        Conversation where = parts.getFirst().conversation();
        Channel channel = channel(where);
        if (!channel.capabilities().edits()) {
            return false;
        }
        boolean amended = outbox.amend(intent, channel.render(where, redacted(message)));
        signal(where.token());
        return amended;
    }

    /**
     * Sends again what did not arrive for certain, because a person in {@code from} pressed {@code
     * resend:<id>}. Pressing twice sends once.
     */
    public Resent resend(long id, Conversation from) {
        Resent resent = outbox.resend(id, from);
        if (resent == Resent.AGAIN) {
            signal(from.token());
            outbox.row(id)
                    .ifPresent(
                            row ->
                                    amend(
                                            Notices.PREFIX + row.intent(),
                                            OutboundMessage.of(Notices.SENT_AGAIN)));
        }
        return resent;
    }

    /** What a turn has said in a conversation so far, before rendering; failed words left out. */
    public List<String> sentTexts(String turn, Conversation where) {
        return outbox.said(turn, where);
    }

    /** Whether we sent this message; others are not ours to edit or delete. */
    public boolean isOurs(Conversation where, String messageId) {
        return outbox.isOurs(where, messageId);
    }

    /** Whether the agent reacted to that message: ours would take the place of its reaction. */
    public boolean hasReacted(Conversation where, String messageId) {
        return outbox.hasReacted(where, messageId);
    }

    /** The preview of a turn, the same one each time, also after a restart. */
    public Preview preview(Conversation where, String turn) {
        return previews.open(where, turn);
    }

    /** Shows that an answer is coming until the signal is closed. */
    public TypingSignal typing(Conversation where) {
        return typing.begin(where);
    }

    /** How many parts there are in each state. */
    public Map<String, Long> tally() {
        return outbox.tally();
    }

    /**
     * Forgets by age and size, in jobs of at most 500 rows; returns how many rows lost something.
     */
    public int prune(Retention retention) {
        Instant now = machinery.clock().instant();
        Instant bodies = retention.bodiesBefore(now, outbox.tooManyUpTo(retention.bytesMax()));
        int pruned = 0;
        for (int round = 0; round < ROUNDS_MAX; round++) {
            int touched = outbox.prune(bodies, now.minus(retention.keys()), PRUNED_AT_ONCE);
            pruned += touched;
            if (touched == 0) {
                break;
            }
        }
        return pruned;
    }

    /** Begins nothing more and waits up to 10 s for calls under way; what waits stays stored. */
    @Override
    public void close() {
        lane.close();
        machinery.alarm().close();
        if (!workers.close(CLOSE_WAIT)) {
            log.warn("delivery closed while calls were under way; they are looked into at start");
        }
        waiters.close();
    }

    private void signal(String conversation) {
        workers.signal(conversation);
    }

    private Channel channel(Conversation where) {
        return channels.apply(where)
                .orElseThrow(
                        () ->
                                new DeliveryException(
                                        "channel %s account %s is not configured; enable it in"
                                                        .formatted(where.channel(), where.account())
                                                + " the config to send there"));
    }

    private List<Draft> drafts(Intent intent, Channel channel) {
        Conversation to = intent.to();
        return switch (intent.act()) {
            case Act.Say(OutboundMessage message) -> {
                List<Draft> parts = new ArrayList<>();
                OutboundMessage safe = redacted(message);
                for (Chunk chunk : channel.render(to, safe)) {
                    Optional<String> said =
                            parts.isEmpty() ? Optional.of(safe.markdown()) : Optional.empty();
                    parts.add(Draft.send(intent, parts.size(), said, chunk));
                }
                yield parts;
            }
            case Act.Edit(String messageId, OutboundMessage message) ->
                    channel.render(to, redacted(message)).stream()
                            .limit(1)
                            .map(
                                    chunk ->
                                            Draft.on(
                                                    intent.id(),
                                                    0,
                                                    to,
                                                    Action.EDIT,
                                                    messageId,
                                                    Optional.of(chunk)))
                            .toList();
            case Act.Delete(String messageId) ->
                    List.of(
                            Draft.on(
                                    intent.id(),
                                    0,
                                    to,
                                    Action.DELETE,
                                    messageId,
                                    Optional.empty()));
            case Act.React(String messageId, String emoji) ->
                    List.of(
                            Draft.on(
                                    intent.id(),
                                    0,
                                    to,
                                    Action.REACT,
                                    messageId,
                                    Optional.of(Draft.emoji(emoji))));
        };
    }

    private Button redacted(Button button) {
        return new Button(
                settings.redact().apply(button.label()),
                settings.redact().apply(button.data()),
                button.style());
    }

    private OutboundMessage redacted(OutboundMessage message) {
        return new OutboundMessage(
                settings.redact().apply(message.markdown()),
                message.attachments(),
                message.buttons().stream()
                        .map(row -> row.stream().map(this::redacted).toList())
                        .toList(),
                message.replyTo(),
                message.silent());
    }
}
