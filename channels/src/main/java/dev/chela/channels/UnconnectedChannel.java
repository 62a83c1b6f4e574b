package dev.chela.channels;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * An account on a platform that this version does not connect to: it renders as the platform would
 * have it, hears nothing and refuses every call with the reason.
 */
public final class UnconnectedChannel implements Channel {

    private final String id;
    private final String account;
    private final Capabilities capabilities;
    private final Function<OutboundMessage, List<Chunk>> renderer;
    private final String reason;

    public UnconnectedChannel(
            String id,
            String account,
            Capabilities capabilities,
            Function<OutboundMessage, List<Chunk>> renderer) {
        this.id = id;
        this.account = account;
        this.capabilities = capabilities;
        this.renderer = renderer;
        this.reason =
                "%s is not available in this version; set channels.%s.enabled to false"
                        .formatted(id, id);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String account() {
        return account;
    }

    @Override
    public Capabilities capabilities() {
        return capabilities;
    }

    /** Refuses: nothing would be heard. */
    @Override
    public void start(Intake intake) {
        throw new ChannelException(reason, null);
    }

    @Override
    public ChannelHealth health() {
        return new ChannelHealth(false, Optional.empty(), Optional.of(reason));
    }

    @Override
    public List<Chunk> render(Conversation to, OutboundMessage message) {
        return renderer.apply(message);
    }

    @Override
    public Sent send(Conversation to, Chunk chunk, String key) {
        return new Sent.Refused(reason);
    }

    @Override
    public Sent edit(Conversation in, String messageId, Chunk chunk) {
        return new Sent.Refused(reason);
    }

    @Override
    public Sent delete(Conversation in, String messageId) {
        return new Sent.Refused(reason);
    }

    @Override
    public Sent react(Conversation in, String messageId, String emoji) {
        return new Sent.Refused(reason);
    }

    @Override
    public void typing(Conversation in) {
        // Nobody would see it.
    }

    @Override
    public void acknowledge(ButtonPress press, String notice) {
        // No press can come from here.
    }

    @Override
    public Path fetch(Attachment attachment, Path directory) {
        throw new ChannelException(reason, null);
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
