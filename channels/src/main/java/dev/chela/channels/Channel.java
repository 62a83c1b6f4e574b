package dev.chela.channels;

import java.nio.file.Path;
import java.util.List;

/**
 * One account on one platform.
 *
 * <p>Calls block the (virtual) thread that makes them; {@code channels.delivery} orders and paces
 * them per conversation and retries on {@link Sent.TryAgain}. No method throws for what a platform
 * answered; that is a {@link Sent}.
 */
public interface Channel extends AutoCloseable {

    /** The channel's name, {@code telegram}. */
    String id();

    /** Which account of that channel this is, {@code default}. */
    String account();

    Capabilities capabilities();

    /** Begins to listen and returns at once; {@link #health()} tells when it does. */
    void start(Intake intake);

    ChannelHealth health();

    /** Renders and splits; pure, no I/O. Never empty unless there is nothing to say or attach. */
    List<Chunk> render(Conversation to, OutboundMessage message);

    /**
     * Sends one chunk.
     *
     * @param key the same for every try of the same chunk: nonce where the platform has one
     */
    Sent send(Conversation to, Chunk chunk, String key);

    /**
     * Asks the platform whether a send with this key arrived: {@link Sent.Acknowledged} if it did,
     * {@link Sent.TryAgain} if it certainly did not, {@link Sent.Unknown} if it cannot tell now.
     * Called only where {@link Capabilities#askable()} holds.
     */
    default Sent ask(Conversation to, Chunk chunk, String key) {
        return new Sent.Unsupported();
    }

    Sent edit(Conversation in, String messageId, Chunk chunk);

    Sent delete(Conversation in, String messageId);

    /** Sets our reaction; an empty emoji removes it. */
    Sent react(Conversation in, String messageId, String emoji);

    /** Shows that an answer is coming; best effort, never delays a send. */
    void typing(Conversation in);

    /** Tells the platform that a button press was taken; best effort. */
    void acknowledge(ButtonPress press, String notice);

    /**
     * Fetches an inbound attachment into {@code directory} under a name of our own.
     *
     * @throws ChannelException if it cannot be had: too large, gone, refused
     */
    Path fetch(Attachment attachment, Path directory);

    /** Stops listening, then sending; idempotent. */
    @Override
    void close();
}
