package dev.chela.bot.kit;

import dev.chela.channels.telegram.kit.BotMessage;
import dev.chela.channels.telegram.kit.FakeTelegram;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One person's private chat with the bot on Telegram. */
public final class Chat {

    /** How the text of a turn that still runs ends. */
    private static final String PREVIEW = " …";

    private static final Pattern BUTTON =
            Pattern.compile("\"text\":\"([^\"]*)\"[^}]*?\"callback_data\":\"([^\"]*)\"");
    private static final Pattern REVERSED =
            Pattern.compile("\"callback_data\":\"([^\"]*)\"[^}]*?\"text\":\"([^\"]*)\"");

    private final FakeTelegram telegram;
    private final long id;

    public Chat(FakeTelegram telegram, long id) {
        this.telegram = telegram;
        this.id = id;
    }

    public long id() {
        return id;
    }

    public int says(String text) {
        return telegram.says(id, text);
    }

    /** What stands in the chat now, oldest first. */
    public List<BotMessage> messages() {
        return telegram.messagesIn(id);
    }

    /** What stands in the chat now, without markup, oldest first. */
    public List<String> texts() {
        return telegram.messagesIn(id).stream().map(Chat::plain).toList();
    }

    /** How often exactly this stands there. */
    public long count(String text) {
        return texts().stream().filter(text::equals).count();
    }

    /** Waits for exactly this text. */
    public BotMessage awaitText(String text) {
        return await("\"" + text + "\"", message -> plain(message).equals(text));
    }

    public BotMessage awaitContaining(String part) {
        return await("…" + part + "…", message -> plain(message).contains(part));
    }

    /** Waits for a message with a button that says {@code label}. */
    public BotMessage awaitButton(String label) {
        return await("a button " + label, message -> button(message, label).isPresent());
    }

    /** Waits for a message that is no preview. */
    public BotMessage await(String what, Predicate<BotMessage> fits) {
        return Await.thing(
                what + " in chat " + id,
                () ->
                        telegram.messagesIn(id).stream()
                                .filter(message -> !plain(message).endsWith(PREVIEW))
                                .filter(fits)
                                .findFirst(),
                this::texts);
    }

    /** Presses the button and returns the id of the press. */
    public String press(BotMessage message, String label) {
        String data =
                button(message, label)
                        .orElseThrow(
                                () ->
                                        new AssertionError(
                                                "no button %s under %s"
                                                        .formatted(label, message.parameters())));
        return telegram.presses(id, id, message.id(), data);
    }

    /** What the button stands for. */
    public static Optional<String> button(BotMessage message, String label) {
        String markup = message.parameter("reply_markup");
        Matcher found = BUTTON.matcher(markup);
        while (found.find()) {
            if (found.group(1).equals(label)) {
                return Optional.of(found.group(2));
            }
        }
        Matcher reversed = REVERSED.matcher(markup);
        while (reversed.find()) {
            if (reversed.group(2).equals(label)) {
                return Optional.of(reversed.group(1));
            }
        }
        return Optional.empty();
    }

    /** A message without markup. */
    public static String plain(BotMessage message) {
        return message.text()
                .replaceAll("<[^<>]*>", "")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&amp;", "&");
    }
}
