package dev.chela.bench;

import dev.chela.channels.Attachment;
import dev.chela.channels.ButtonPress;
import dev.chela.channels.Capabilities;
import dev.chela.channels.Channel;
import dev.chela.channels.ChannelException;
import dev.chela.channels.ChannelHealth;
import dev.chela.channels.ChatKind;
import dev.chela.channels.Chunk;
import dev.chela.channels.Conversation;
import dev.chela.channels.InboundMessage;
import dev.chela.channels.Intake;
import dev.chela.channels.OutboundMessage;
import dev.chela.channels.Sender;
import dev.chela.channels.Sent;
import dev.chela.channels.TypedIntake;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A platform in memory that takes no time: from {@link Intake#accept} to the call that shows the
 * answer, every millisecond is the bot's or the app-server's.
 */
final class BenchChannel implements Channel {

    /** A channel that only this machine's owner can reach; it is trusted and not paced. */
    private static final String ID = "terminal";

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int CHARS_MAX = 100_000;

    private final String account;
    private final boolean edits;
    private final TypedIntake typed;
    private final AtomicLong sent = new AtomicLong();
    private final Map<String, CompletableFuture<Long>> awaited = new ConcurrentHashMap<>();

    /**
     * @param edits whether messages can be changed: then a growing preview is shown
     */
    BenchChannel(String account, boolean edits, InstantSource clock) {
        this.account = account;
        this.edits = edits;
        this.typed = new TypedIntake(ID, account, clock);
    }

    /** Two moments in nanoseconds of {@link System#nanoTime}. */
    record Asked(long begun, long shown) {

        double millis() {
            return (shown - begun) / 1e6;
        }
    }

    Conversation chat(String name) {
        return new Conversation(ID, account, ChatKind.DIRECT, name, Optional.empty());
    }

    /**
     * Says {@code text} and waits until exactly {@code answer} is shown there.
     *
     * @return when it was said and when it was shown
     */
    Asked ask(Conversation where, String text, String answer) {
        CompletableFuture<Long> shown = awaitShown(where, answer);
        Sender person = new Sender(where.peer(), "bench", Optional.empty(), false);
        InboundMessage message = typed.message(where, person, text);
        long begun = System.nanoTime();
        typed.accept(message);
        long ended = shown.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
        return new Asked(begun, ended);
    }

    private CompletableFuture<Long> awaitShown(Conversation where, String text) {
        return awaited.computeIfAbsent(where.token() + text, key -> new CompletableFuture<>());
    }

    private void shown(Conversation where, Chunk chunk) {
        long now = System.nanoTime();
        CompletableFuture<Long> waiting = awaited.remove(where.token() + chunk.text());
        if (waiting != null) {
            waiting.complete(now);
        }
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String account() {
        return account;
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(
                CHARS_MAX, edits, edits, true, true, false, true, false, false, Duration.ZERO);
    }

    @Override
    public void start(Intake into) {
        typed.open(into);
    }

    @Override
    public ChannelHealth health() {
        return typed.health();
    }

    @Override
    public List<Chunk> render(Conversation to, OutboundMessage message) {
        return List.of(
                new Chunk(
                        message.markdown(),
                        message.markdown(),
                        message.attachments(),
                        message.buttons(),
                        message.replyTo(),
                        message.silent()));
    }

    @Override
    public Sent send(Conversation to, Chunk chunk, String key) {
        shown(to, chunk);
        return new Sent.Acknowledged("b" + sent.incrementAndGet());
    }

    @Override
    public Sent edit(Conversation in, String messageId, Chunk chunk) {
        shown(in, chunk);
        return new Sent.Acknowledged(messageId);
    }

    @Override
    public Sent delete(Conversation in, String messageId) {
        return new Sent.Acknowledged(messageId);
    }

    @Override
    public Sent react(Conversation in, String messageId, String emoji) {
        return new Sent.Acknowledged(messageId);
    }

    @Override
    public void typing(Conversation in) {
        // Nobody looks.
    }

    @Override
    public void acknowledge(ButtonPress press, String notice) {
        // Nobody looks.
    }

    @Override
    public Path fetch(Attachment attachment, Path directory) {
        throw new ChannelException("this channel has no files", null);
    }

    @Override
    public void close() {
        typed.close();
    }
}
