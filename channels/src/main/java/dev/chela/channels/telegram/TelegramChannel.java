package dev.chela.channels.telegram;

import com.pengrad.telegrambot.request.AnswerCallbackQuery;
import com.pengrad.telegrambot.request.SendChatAction;
import dev.chela.channels.Attachment;
import dev.chela.channels.Button;
import dev.chela.channels.ButtonPress;
import dev.chela.channels.Capabilities;
import dev.chela.channels.Channel;
import dev.chela.channels.ChannelHealth;
import dev.chela.channels.Chunk;
import dev.chela.channels.Conversation;
import dev.chela.channels.Cursor;
import dev.chela.channels.Intake;
import dev.chela.channels.OutboundMessage;
import dev.chela.channels.Sent;
import dev.chela.channels.text.MarkdownRenderer;
import dev.chela.channels.text.Markup;
import dev.chela.channels.text.RenderedText;
import dev.chela.config.state.Checkpoints;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One Telegram bot. */
public final class TelegramChannel implements Channel {

    private static final int MAX_CAPTION = 1024;
    private static final int MAX_NOTICE = 200;
    private static final int MAX_TYPING_AT_ONCE = 4;
    private static final Duration EDIT_PAUSE = Duration.ofMillis(1500);
    private static final Duration GOODBYE = Duration.ofSeconds(5);

    private final TelegramParts parts;
    private final Supplier<Optional<Cursor>> stored;
    private final CommandMenu menu;
    private final PollHealth health;
    private final TelegramPacing pacing;
    private final TelegramSender sender;
    private final MarkdownRenderer renderer;
    private final Semaphore typing = new Semaphore(MAX_TYPING_AT_ONCE);
    private final AtomicReference<@Nullable Thread> loop = new AtomicReference<>();

    /**
     * Builds the account without touching the network.
     *
     * @param stored where reading stopped; asked once, when listening begins
     * @param commands what the command menu shows
     */
    public TelegramChannel(
            TelegramSettings settings,
            Supplier<Optional<Cursor>> stored,
            List<MenuCommand> commands,
            Checkpoints checkpoints,
            Clock clock) {
        this.parts =
                new TelegramParts(settings, new BotApi(settings), new Stop(), checkpoints, clock);
        this.stored = stored;
        this.menu = new CommandMenu(settings, commands, checkpoints);
        this.health = new PollHealth(clock, settings.stall());
        this.pacing = new TelegramPacing(clock);
        this.sender = new TelegramSender(parts, pacing);
        this.renderer = new MarkdownRenderer(Markup.TELEGRAM_HTML, settings.limits());
    }

    @Override
    public String id() {
        return UpdateMapper.CHANNEL;
    }

    @Override
    public String account() {
        return parts.settings().account();
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(
                parts.settings().limits().maxChars(),
                true,
                true,
                true,
                true,
                true,
                true,
                true,
                false,
                EDIT_PAUSE);
    }

    @Override
    public void start(Intake intake) {
        Thread thread =
                Thread.ofVirtual()
                        .name("telegram-poll-" + account())
                        .unstarted(new UpdateLoop(parts, health, stored, menu, intake));
        if (parts.stop().reached() || !loop.compareAndSet(null, thread)) {
            throw new IllegalStateException("telegram %s was started before".formatted(account()));
        }
        thread.start();
    }

    @Override
    public ChannelHealth health() {
        return health.now();
    }

    @Override
    public List<Chunk> render(Conversation to, OutboundMessage message) {
        List<RenderedText> texts = renderer.render(message.markdown());
        List<Attachment> files = message.attachments();
        List<Chunk> chunks = new ArrayList<>();
        boolean caption =
                !files.isEmpty()
                        && texts.size() == 1
                        && texts.getFirst().markup().length() <= MAX_CAPTION
                        && texts.getFirst().plain().length() <= MAX_CAPTION;
        if (!caption) {
            texts.forEach(text -> chunks.add(chunk(text, List.of(), message)));
        }
        for (int i = 0; i < files.size(); i++) {
            RenderedText words = caption && i == 0 ? texts.getFirst() : new RenderedText("", "");
            chunks.add(chunk(words, List.of(files.get(i)), message));
        }
        for (int i = 0; i < chunks.size(); i++) {
            Chunk chunk = chunks.get(i);
            List<List<Button>> buttons =
                    i + 1 == chunks.size() ? message.buttons() : List.<List<Button>>of();
            Optional<String> replyTo = i == 0 ? message.replyTo() : Optional.empty();
            chunks.set(
                    i,
                    new Chunk(
                            chunk.text(),
                            chunk.plain(),
                            chunk.attachments(),
                            buttons,
                            replyTo,
                            chunk.silent()));
        }
        return chunks;
    }

    private static Chunk chunk(RenderedText text, List<Attachment> files, OutboundMessage of) {
        return new Chunk(
                text.markup(), text.plain(), files, List.of(), Optional.empty(), of.silent());
    }

    @Override
    public Sent send(Conversation to, Chunk chunk, String key) {
        return sender.send(to, chunk);
    }

    @Override
    public Sent edit(Conversation in, String messageId, Chunk chunk) {
        return sender.edit(in, messageId, chunk);
    }

    @Override
    public Sent delete(Conversation in, String messageId) {
        return sender.delete(in, messageId);
    }

    @Override
    public Sent react(Conversation in, String messageId, String emoji) {
        return sender.react(in, messageId, emoji);
    }

    @Override
    public void typing(Conversation in) {
        Optional<Long> chat = TelegramSender.chat(in);
        if (chat.isEmpty() || !pacing.typing(chat.get()) || !typing.tryAcquire()) {
            return;
        }
        SendChatAction action = new SendChatAction(chat.get(), "typing");
        in.thread()
                .filter(TelegramRequests::isNumber)
                .ifPresent(id -> action.messageThreadId(Long.parseLong(id)));
        Thread.ofVirtual()
                .name("telegram-typing")
                .start(
                        () -> {
                            try {
                                effect("telegram.sendChatAction", action);
                            } finally {
                                typing.release();
                            }
                        });
    }

    @Override
    public void acknowledge(ButtonPress press, String notice) {
        String id = press.id().value();
        if (id.startsWith("c:")) {
            AnswerCallbackQuery answer = new AnswerCallbackQuery(id.substring(2));
            if (!notice.isBlank()) {
                answer.text(notice.substring(0, Math.min(MAX_NOTICE, notice.length())));
            }
            effect("telegram.answerCallbackQuery", answer);
        }
    }

    private void effect(String name, com.pengrad.telegrambot.request.BaseRequest<?, ?> request) {
        parts.checkpoints().before(name);
        parts.api().call(request);
        parts.checkpoints().after(name);
    }

    @Override
    public Path fetch(Attachment attachment, Path directory) {
        return new TelegramFiles(parts.api(), parts.settings().mediaMaxBytes())
                .fetch(attachment, directory);
    }

    @Override
    public void close() {
        parts.stop().now();
        parts.api().close();
        Thread thread = loop.get();
        if (thread != null && thread != Thread.currentThread()) {
            try {
                thread.join(GOODBYE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
