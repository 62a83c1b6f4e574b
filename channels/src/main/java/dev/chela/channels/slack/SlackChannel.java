package dev.chela.channels.slack;

import dev.chela.channels.Attachment;
import dev.chela.channels.ButtonPress;
import dev.chela.channels.Capabilities;
import dev.chela.channels.Channel;
import dev.chela.channels.ChannelException;
import dev.chela.channels.ChannelHealth;
import dev.chela.channels.Chunk;
import dev.chela.channels.Conversation;
import dev.chela.channels.Intake;
import dev.chela.channels.OutboundMessage;
import dev.chela.channels.Sent;
import dev.chela.channels.text.ChunkLimits;
import dev.chela.channels.text.ChunkMode;
import dev.chela.channels.text.MarkdownRenderer;
import dev.chela.channels.text.Markup;
import dev.chela.channels.text.RenderedText;
import dev.chela.config.SlackAccount;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One Slack account, not connected in this version. It renders: mrkdwn with mentions escaped, cut
 * at 4,000 characters where nothing else is configured.
 */
public final class SlackChannel implements Channel {

    private static final String ID = "slack";
    private static final String UNAVAILABLE =
            "slack is not available in this version; set channels.slack.enabled to false";
    private static final int DEFAULT_CHARS = 4000;
    private static final int MAX_CHARS = 40000;
    private static final Duration EDIT_PAUSE = Duration.ofMillis(1000);

    private final String account;
    private final MarkdownRenderer renderer;

    public SlackChannel(String account, SlackAccount config) {
        this.account = account;
        this.renderer = new MarkdownRenderer(Markup.SLACK_MRKDWN, limits(config));
    }

    private static ChunkLimits limits(SlackAccount config) {
        int chars = config.settings().textChunkLimit().orElse(DEFAULT_CHARS);
        return new ChunkLimits(
                Math.clamp(chars, ChunkLimits.MIN_CHARS, MAX_CHARS),
                Integer.MAX_VALUE,
                switch (config.settings().chunkMode()) {
                    case LENGTH -> ChunkMode.LENGTH;
                    case NEWLINE -> ChunkMode.NEWLINE;
                });
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
                renderer.limits().maxChars(),
                true,
                true,
                true,
                true,
                true,
                false,
                true,
                false,
                EDIT_PAUSE);
    }

    /** Refuses: nothing would be heard. */
    @Override
    public void start(Intake intake) {
        throw new ChannelException(UNAVAILABLE, null);
    }

    @Override
    public ChannelHealth health() {
        return new ChannelHealth(false, Optional.empty(), Optional.of(UNAVAILABLE));
    }

    @Override
    public List<Chunk> render(Conversation to, OutboundMessage message) {
        List<RenderedText> texts = new ArrayList<>(renderer.render(message.markdown()));
        if (texts.isEmpty() && !message.attachments().isEmpty()) {
            texts.add(new RenderedText("", ""));
        }
        List<Chunk> chunks = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            boolean last = i + 1 == texts.size();
            chunks.add(
                    new Chunk(
                            texts.get(i).markup(),
                            texts.get(i).plain(),
                            last ? message.attachments() : List.of(),
                            last ? message.buttons() : List.of(),
                            i == 0 ? message.replyTo() : Optional.empty(),
                            message.silent()));
        }
        return chunks;
    }

    @Override
    public Sent send(Conversation to, Chunk chunk, String key) {
        return new Sent.Refused(UNAVAILABLE);
    }

    @Override
    public Sent edit(Conversation in, String messageId, Chunk chunk) {
        return new Sent.Refused(UNAVAILABLE);
    }

    @Override
    public Sent delete(Conversation in, String messageId) {
        return new Sent.Refused(UNAVAILABLE);
    }

    @Override
    public Sent react(Conversation in, String messageId, String emoji) {
        return new Sent.Refused(UNAVAILABLE);
    }

    @Override
    public void typing(Conversation in) {}

    @Override
    public void acknowledge(ButtonPress press, String notice) {}

    @Override
    public Path fetch(Attachment attachment, Path directory) {
        throw new ChannelException(UNAVAILABLE, null);
    }

    @Override
    public void close() {}
}
