package dev.chela.channels.web;

import dev.chela.channels.Attachment;
import dev.chela.channels.ButtonPress;
import dev.chela.channels.Capabilities;
import dev.chela.channels.Channel;
import dev.chela.channels.ChannelHealth;
import dev.chela.channels.Chunk;
import dev.chela.channels.Conversation;
import dev.chela.channels.Intake;
import dev.chela.channels.OutboundMessage;
import dev.chela.channels.Sent;
import dev.chela.channels.http.Access;
import dev.chela.channels.http.LocalHttp;
import dev.chela.config.state.Database;
import dev.chela.config.state.DatabaseException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The local web chat as a channel.
 *
 * <p>A message is sent when its row is stored: a page that is closed, or not yet opened, finds it.
 * Sending twice under one key stores it once.
 */
public final class WebChannel implements Channel {

    static final String ID = "web";
    static final int CHARS_MAX = 60_000;

    private static final Logger log = LoggerFactory.getLogger(WebChannel.class);
    private static final Duration EDIT_PAUSE = Duration.ofMillis(250);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final int TIDY_EVERY = 500;

    private final LocalHttp http;
    private final WebSettings settings;
    private final Clock clock;
    private final Pages pages = new Pages();
    private final Ids ids = new Ids(new SecureRandom());
    private final MessageTable table;
    private final FileStore files;
    private final Accepting accepting;
    private final PageApi api;
    private final AtomicInteger sends = new AtomicInteger();
    private final List<Runnable> mounts = new ArrayList<>();

    /**
     * Prepares the channel; {@link #start} mounts it.
     *
     * @param media where files of the chat are kept
     * @param commands what the page suggests after a slash, asked for each time
     */
    public WebChannel(
            LocalHttp http,
            Database database,
            Path media,
            Supplier<List<SlashCommand>> commands,
            WebSettings settings,
            Clock clock) {
        this.http = http;
        this.settings = settings;
        this.clock = clock;
        table = new MessageTable(database, settings.account());
        FileTable fileTable = new FileTable(database, settings.account());
        files = new FileStore(media.resolve(ID), fileTable, ids, settings, clock);
        accepting = new Accepting(table, new FromPage(settings.account()), pages, clock);
        api = new PageApi(table, files, accepting, commands, settings, http.fingerprint());
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String account() {
        return settings.account();
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(
                CHARS_MAX, true, true, true, true, true, true, false, true, EDIT_PAUSE);
    }

    @Override
    public void start(Intake intake) {
        tidy();
        accepting.open(intake);
        PageFiles page = new PageFiles();
        EventFeed feed = new EventFeed(table, pages);
        mounts.add(http.mount(settings.path(), Access.TOKEN, page::page));
        mounts.add(
                http.mount(
                        "/",
                        Access.TOKEN,
                        call -> {
                            call.expect("GET");
                            call.setHeader("Location", settings.path());
                            call.text(303, "");
                        }));
        mounts.add(http.mount(PageApi.BASE + "/page/", Access.OPEN, page::asset));
        mount("/events", call -> feed.stream(call, PageApi.chatOf(call)));
        mount("/state", api::state);
        mount("/history", api::history);
        mount("/chats", api::chats);
        mount("/commands", api::commands);
        mount("/messages", api::message);
        mount("/press", api::press);
        mount("/files", api::upload);
        mount("/files/", api::download);
    }

    private void mount(String path, dev.chela.channels.http.Handler handler) {
        mounts.add(http.mount(PageApi.BASE + path, Access.TOKEN, handler));
    }

    @Override
    public ChannelHealth health() {
        return new ChannelHealth(accepting.isOpen(), accepting.lastInbound(), Optional.empty());
    }

    @Override
    public List<Chunk> render(Conversation to, OutboundMessage message) {
        List<String> parts = LongText.split(message.markdown().strip(), CHARS_MAX);
        if (parts.size() == 1
                && parts.getFirst().isEmpty()
                && message.attachments().isEmpty()
                && message.buttons().isEmpty()) {
            return List.of();
        }
        List<Chunk> chunks = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            boolean last = i == parts.size() - 1;
            String part = parts.get(i);
            chunks.add(
                    new Chunk(
                            part,
                            part,
                            last ? message.attachments() : List.of(),
                            last ? message.buttons() : List.of(),
                            i == 0 ? message.replyTo() : Optional.empty(),
                            message.silent()));
        }
        return chunks;
    }

    @Override
    public Sent send(Conversation to, Chunk chunk, String key) {
        return attempt(
                () -> {
                    MessageTable.Draft draft =
                            new MessageTable.Draft(
                                    "b-" + ids.next(),
                                    to.peer(),
                                    true,
                                    key,
                                    chunk.text(),
                                    extras(chunk),
                                    clock.instant());
                    String id = table.keep("web.send", draft).orElseThrow();
                    pages.changed(to.peer());
                    if (sends.incrementAndGet() % TIDY_EVERY == 0) {
                        Thread unused = Thread.ofVirtual().name("chela-web-tidy").start(this::tidy);
                    }
                    return new Sent.Acknowledged(id);
                });
    }

    @Override
    public Sent ask(Conversation to, Chunk chunk, String key) {
        return attempt(
                () ->
                        table.sent(key)
                                .<Sent>map(Sent.Acknowledged::new)
                                .orElseGet(() -> new Sent.TryAgain(Duration.ZERO, "never stored")));
    }

    @Override
    public Sent edit(Conversation in, String messageId, Chunk chunk) {
        return attempt(
                () -> changed(messageId, table.edit(messageId, chunk.text(), extras(chunk))));
    }

    @Override
    public Sent delete(Conversation in, String messageId) {
        return attempt(() -> changed(messageId, table.delete(messageId)));
    }

    @Override
    public Sent react(Conversation in, String messageId, String emoji) {
        return attempt(
                () -> changed(messageId, table.react(messageId, emoji.isEmpty() ? null : emoji)));
    }

    @Override
    public void typing(Conversation in) {
        pages.typing(in.peer());
    }

    @Override
    public void acknowledge(ButtonPress press, String notice) {
        Sent unused =
                attempt(() -> changed(press.messageId(), table.notice(press.messageId(), notice)));
    }

    @Override
    public Path fetch(Attachment attachment, Path directory) {
        return files.fetch(attachment, directory);
    }

    /** Takes the page away; pages reconnect when it is back. */
    @Override
    public void close() {
        accepting.close();
        mounts.forEach(Runnable::run);
        mounts.clear();
    }

    private void tidy() {
        try {
            table.prune();
            files.sweep();
        } catch (DatabaseException e) {
            log.warn("web.tidy failed reason={}", e.getMessage());
        }
    }

    private Sent changed(String messageId, Optional<String> chat) {
        if (chat.isEmpty()) {
            return new Sent.Refused("the chat has no message " + messageId);
        }
        pages.changed(chat.get());
        return new Sent.Acknowledged(messageId);
    }

    private Extras extras(Chunk chunk) throws IOException {
        List<StoredFile> copies = new ArrayList<>();
        for (Attachment attachment : chunk.attachments()) {
            copies.add(files.copy(attachment));
        }
        return new Extras(copies, chunk.buttons(), chunk.replyTo().orElse(null));
    }

    /** A job undone by the database did not happen; an unreadable file never will. */
    private static Sent attempt(Attempt attempt) {
        try {
            return attempt.run();
        } catch (DatabaseException e) {
            log.warn("web.store failed reason={}", e.getMessage());
            return new Sent.TryAgain(RETRY, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return new Sent.Refused("an attachment cannot be read: " + e.getMessage());
        }
    }

    @FunctionalInterface
    private interface Attempt {
        Sent run() throws IOException;
    }
}
