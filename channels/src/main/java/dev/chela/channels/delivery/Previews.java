package dev.chela.channels.delivery;

import dev.chela.channels.Capabilities;
import dev.chela.channels.Channel;
import dev.chela.channels.Chunk;
import dev.chela.channels.Conversation;
import dev.chela.channels.OutboundMessage;
import dev.chela.channels.Sent;
import dev.chela.channels.text.Fences;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The previews of all running turns. Their calls are made on the conversation's thread, when
 * nothing that matters more waits there.
 */
final class Previews {

    /** Says that more is coming, and keeps a preview from ever equalling the answer itself. */
    static final String MARK = " …";

    private static final Logger log = LoggerFactory.getLogger(Previews.class);

    private final Outbox outbox;
    private final Platform platform;
    private final Function<Conversation, Optional<Channel>> channels;
    private final DeliverySettings settings;
    private final Machinery machinery;
    private final Consumer<String> signal;
    private final Wakeups wakeups;
    private final ConcurrentMap<String, List<Preview>> open = new ConcurrentHashMap<>();

    Previews(
            Outbox outbox,
            Function<Conversation, Optional<Channel>> channels,
            DeliverySettings settings,
            Machinery machinery,
            Consumer<String> signal,
            Wakeups wakeups) {
        this.outbox = outbox;
        this.platform = new Platform(machinery.checkpoints());
        this.channels = channels;
        this.settings = settings;
        this.machinery = machinery;
        this.signal = signal;
        this.wakeups = wakeups;
    }

    Preview open(Conversation where, String turn) {
        Preview fresh = new Preview(this, where, turn);
        List<Preview> all =
                open.compute(
                        where.token(),
                        (key, known) -> {
                            List<Preview> here =
                                    known == null ? new CopyOnWriteArrayList<>() : known;
                            if (here.stream().noneMatch(one -> one.turn().equals(turn))) {
                                here.add(fresh);
                            }
                            return here;
                        });
        return all.stream().filter(one -> one.turn().equals(turn)).findFirst().orElse(fresh);
    }

    /** The turn has its last word: nothing more is shown, and the message stays for it. */
    void end(Conversation where, String turn) {
        for (Preview preview : open.getOrDefault(where.token(), List.of())) {
            if (preview.turn().equals(turn)) {
                preview.end();
                forget(preview);
            }
        }
    }

    /** There is something new to see: now, or when the platform takes the next edit. */
    void wants(Preview preview) {
        Optional<Channel> channel = channels.apply(preview.where());
        if (channel.isEmpty() || !canEdit(channel.get())) {
            return;
        }
        Instant due = preview.notBefore();
        if (machinery.clock().instant().isBefore(due)) {
            wakeups.at(preview.where().token(), due);
        } else {
            signal(preview.where());
        }
    }

    void signal(Conversation where) {
        signal.accept(where.token());
    }

    /** Does one thing for the previews of a conversation; whether there may be more to do. */
    boolean step(String conversation) {
        for (Preview preview : open.getOrDefault(conversation, List.of())) {
            switch (preview.phase()) {
                case DISCARDED -> {
                    forget(preview);
                    outbox.discardPreview(preview.where(), preview.turn());
                    return true;
                }
                case ENDED -> forget(preview);
                case OPEN -> {
                    if (refresh(preview)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private boolean refresh(Preview preview) {
        Optional<String> text = preview.unseen();
        Optional<Channel> channel = channels.apply(preview.where());
        if (text.isEmpty() || channel.isEmpty() || !canEdit(channel.get())) {
            return false;
        }
        if (machinery.clock().instant().isBefore(preview.notBefore())) {
            wakeups.at(preview.where().token(), preview.notBefore());
            return false;
        }
        List<Chunk> chunks =
                channel.get()
                        .render(
                                preview.where(),
                                OutboundMessage.of(
                                        Fences.marked(settings.redact().apply(text.get()), MARK)));
        if (chunks.isEmpty()) {
            preview.seen(text.get());
            return false;
        }
        show(preview, channel.get(), text.get(), chunks.getFirst());
        return true;
    }

    private static boolean canEdit(Channel channel) {
        Capabilities can = channel.capabilities();
        return can.edits() && can.deletes();
    }

    private void show(Preview preview, Channel channel, String text, Chunk chunk) {
        Optional<String> message = preview.messageId(outbox);
        String key = "chela-preview-" + preview.turn();
        Sent sent =
                message.isPresent()
                        ? platform.previewAgain(channel, preview.where(), message.get(), chunk)
                        : platform.preview(channel, preview.where(), chunk, key);
        Duration wanted = settings.pauses().preview().apply(preview.where());
        Duration least = channel.capabilities().editPause();
        Instant rested =
                machinery.clock().instant().plus(wanted.compareTo(least) > 0 ? wanted : least);
        preview.rest(rested);
        switch (sent) {
            case Sent.Acknowledged(String id) -> {
                preview.seen(text);
                if (message.isEmpty()) {
                    preview.sentAs(id);
                    outbox.storePreview(preview.where(), preview.turn(), id);
                }
            }
            case Sent.TryAgain(Duration after, String reason) -> {
                Instant allowed = machinery.clock().instant().plus(after);
                preview.rest(allowed.isAfter(rested) ? allowed : rested);
            }
            case Sent.Unknown(String reason) -> {
                if (message.isEmpty()) {
                    giveUp(preview, reason);
                } else {
                    // An edit may be repeated; the next text goes over it.
                    preview.seen(text);
                }
            }
            case Sent.Refused(String reason) -> giveUp(preview, reason);
            case Sent.Unsupported() -> giveUp(preview, "unsupported");
        }
    }

    private void giveUp(Preview preview, String reason) {
        log.info("preview turn={} is not shown any more: {}", preview.turn(), reason);
        preview.end();
        forget(preview);
    }

    private void forget(Preview preview) {
        open.computeIfPresent(
                preview.where().token(),
                (key, known) -> {
                    known.remove(preview);
                    return known.isEmpty() ? null : known;
                });
    }
}
