package dev.chela.bot.demo;

import dev.chela.channels.Attachment;
import dev.chela.channels.Button;
import dev.chela.channels.ButtonPress;
import dev.chela.channels.Capabilities;
import dev.chela.channels.Channel;
import dev.chela.channels.ChannelEvent;
import dev.chela.channels.ChannelException;
import dev.chela.channels.ChannelHealth;
import dev.chela.channels.ChatKind;
import dev.chela.channels.Chunk;
import dev.chela.channels.Conversation;
import dev.chela.channels.EventId;
import dev.chela.channels.Intake;
import dev.chela.channels.OutboundMessage;
import dev.chela.channels.Sender;
import dev.chela.channels.Sent;
import dev.chela.channels.TypedIntake;
import dev.chela.channels.text.ChunkLimits;
import dev.chela.channels.text.MarkdownRenderer;
import dev.chela.channels.text.Markup;
import dev.chela.channels.text.RenderedText;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The person at the terminal, as a channel: lines typed come in, answers are printed. */
final class TerminalChannel implements Channel {

    static final String ID = "terminal";
    static final Conversation HERE =
            new Conversation(ID, "default", ChatKind.DIRECT, "local", Optional.empty());

    private static final Sender PERSON = new Sender("local", "you", Optional.empty(), false);

    /** Escapes would move the cursor, change colours or worse. */
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}&&[^\\n\\t]]");

    private static final int CHARS_MAX = 100_000;
    private static final Duration NEXT_TIME = Duration.ofSeconds(1);
    private static final MarkdownRenderer RENDERER =
            new MarkdownRenderer(Markup.TERMINAL, ChunkLimits.ofChars(CHARS_MAX));

    private final Screen screen;
    private final TypedIntake typed;
    private final AtomicInteger sent = new AtomicInteger();
    private volatile List<Button> offered = List.of();
    private volatile String offeredIn = "";
    private volatile boolean left;

    TerminalChannel(Screen screen, InstantSource clock) {
        this.screen = screen;
        this.typed = new TypedIntake(ID, "default", clock);
    }

    /** Takes a typed line: a number presses the button of that number, all else is said. */
    EventId type(String line) {
        ChannelEvent event =
                buttonOf(line)
                        .<ChannelEvent>map(
                                button -> typed.press(HERE, PERSON, offeredIn, button.data()))
                        .orElseGet(() -> typed.message(HERE, PERSON, line));
        typed.accept(event);
        return event.id();
    }

    /** The person goes: what is said from now on waits for the next demo on this state. */
    void leave() {
        left = true;
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String account() {
        return "default";
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(
                CHARS_MAX, false, false, false, true, true, false, false, false, Duration.ZERO);
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
        String text = message.markdown();
        return List.of(
                new Chunk(
                        screen.styled() ? styled(text) : bare(text),
                        text,
                        message.attachments(),
                        message.buttons(),
                        message.replyTo(),
                        message.silent()));
    }

    @Override
    public Sent send(Conversation to, Chunk chunk, String key) {
        if (left) {
            return new Sent.TryAgain(NEXT_TIME, "the person has left the terminal");
        }
        String id = "t" + sent.incrementAndGet();
        StringBuilder lines = new StringBuilder(chunk.text());
        chunk.attachments().stream()
                .flatMap(attachment -> attachment.file().stream())
                .forEach(file -> lines.append("\n[file] ").append(bare(file.toString())));
        List<Button> buttons = chunk.buttons().stream().flatMap(List::stream).toList();
        for (int at = 0; at < buttons.size(); at++) {
            lines.append("\n  [%d] %s".formatted(at + 1, bare(buttons.get(at).label())));
        }
        if (!buttons.isEmpty()) {
            offered = buttons;
            offeredIn = id;
        }
        screen.show(lines.toString());
        return new Sent.Acknowledged(id);
    }

    @Override
    public Sent edit(Conversation in, String messageId, Chunk chunk) {
        return new Sent.Unsupported();
    }

    @Override
    public Sent delete(Conversation in, String messageId) {
        return new Sent.Unsupported();
    }

    @Override
    public Sent react(Conversation in, String messageId, String emoji) {
        return new Sent.Unsupported();
    }

    @Override
    public void typing(Conversation in) {
        // A terminal shows its answers at once; there is nothing to signal.
    }

    @Override
    public void acknowledge(ButtonPress press, String notice) {
        offered = List.of();
    }

    @Override
    public Path fetch(Attachment attachment, Path directory) {
        throw new ChannelException("the terminal takes no files; use the web chat", null);
    }

    @Override
    public void close() {
        typed.close();
    }

    private static String styled(String markdown) {
        return RENDERER.render(markdown).stream()
                .map(RenderedText::markup)
                .collect(Collectors.joining("\n"));
    }

    private static String bare(String text) {
        return CONTROL.matcher(text).replaceAll("");
    }

    private Optional<Button> buttonOf(String line) {
        List<Button> buttons = offered;
        if (!line.matches("\\d{1,2}")) {
            return Optional.empty();
        }
        int number = Integer.parseInt(line);
        return number >= 1 && number <= buttons.size()
                ? Optional.of(buttons.get(number - 1))
                : Optional.empty();
    }
}
