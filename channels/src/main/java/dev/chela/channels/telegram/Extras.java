package dev.chela.channels.telegram;

import com.pengrad.telegrambot.model.Chat;
import com.pengrad.telegrambot.model.Message;
import com.pengrad.telegrambot.model.User;
import com.pengrad.telegrambot.model.message.origin.MessageOrigin;
import com.pengrad.telegrambot.model.message.origin.MessageOriginChannel;
import com.pengrad.telegrambot.model.message.origin.MessageOriginChat;
import com.pengrad.telegrambot.model.message.origin.MessageOriginHiddenUser;
import com.pengrad.telegrambot.model.message.origin.MessageOriginUser;
import dev.chela.channels.Quote;
import dev.chela.channels.Sender;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a message carries beside its words: where it came from, what it answers, what it shows. */
final class Extras {

    private static final int MAX_NAME = 64;

    private Extras() {}

    /** The words, or a word for what has none. */
    static String describe(Message message, String words) {
        return words.isEmpty() ? wordless(message) : words;
    }

    /** Words that somebody only passed on; they are not the sender's own. */
    static Quote forwarded(MessageOrigin origin, String words) {
        Optional<String> id =
                switch (origin) {
                    case MessageOriginUser user when user.senderUser() != null ->
                            id(user.senderUser().id());
                    case MessageOriginChat chat when chat.senderChat() != null ->
                            id(chat.senderChat().id());
                    case MessageOriginChannel channel when channel.chat() != null ->
                            id(channel.chat().id());
                    case MessageOrigin unknown -> Optional.empty();
                };
        return new Quote("", from(origin), words, false, id, true);
    }

    private static Optional<String> id(@Nullable Long id) {
        return Optional.ofNullable(id).map(String::valueOf);
    }

    private static String wordless(Message message) {
        if (message.sticker() != null && message.sticker().emoji() != null) {
            return message.sticker().emoji();
        }
        if (message.venue() != null) {
            return "[place: %s, %s]"
                    .formatted(
                            bounded(message.venue().title()), bounded(message.venue().address()));
        }
        if (message.location() != null) {
            return "[location: %s, %s]"
                    .formatted(message.location().latitude(), message.location().longitude());
        }
        if (message.contact() != null) {
            return "[contact: %s %s]"
                    .formatted(
                            bounded(message.contact().firstName()),
                            bounded(message.contact().phoneNumber()));
        }
        if (message.poll() != null) {
            return "[poll: %s]".formatted(bounded(message.poll().question()));
        }
        if (message.dice() != null) {
            return "[dice: %s %d]".formatted(message.dice().emoji(), message.dice().value());
        }
        return "";
    }

    /** The message this one answers; the root that every message of a topic points to is none. */
    static Optional<Quote> quote(Message message, Identity me) {
        Message to = message.replyToMessage();
        String chosen = message.quote() == null ? null : message.quote().text();
        if (to != null && to.forumTopicCreated() == null) {
            String body = chosen == null ? MessageWords.text(to) : chosen;
            User from = to.from();
            boolean ours = from != null && from.id() != null && from.id() == me.id();
            Optional<Sender> sender = UpdateMapper.sender(from, to.senderChat());
            return Optional.of(
                    new Quote(
                            String.valueOf(to.messageId()),
                            sender.map(Sender::name).orElse(""),
                            body,
                            ours,
                            sender.map(Sender::id),
                            false));
        }
        if (message.externalReply() != null) {
            MessageOrigin origin = message.externalReply().origin();
            String sender = origin == null ? "" : from(origin);
            String body = chosen == null ? "" : chosen;
            return Optional.of(new Quote("", sender, body, false, Optional.empty(), false));
        }
        return Optional.empty();
    }

    static String name(User user) {
        String last = user.lastName() == null ? "" : " " + user.lastName();
        return bounded(user.firstName() + last);
    }

    private static String from(MessageOrigin origin) {
        return switch (origin) {
            case MessageOriginUser user when user.senderUser() != null -> name(user.senderUser());
            case MessageOriginHiddenUser user -> bounded(user.senderUserName());
            case MessageOriginChat chat -> title(chat.senderChat());
            case MessageOriginChannel channel -> title(channel.chat());
            case MessageOrigin unknown -> "somebody";
        };
    }

    private static String title(@Nullable Chat chat) {
        return chat == null ? "a chat" : bounded(chat.title());
    }

    /** A name on one line that cannot close the bracket it is put into. */
    private static String bounded(@Nullable String name) {
        if (name == null) {
            return "";
        }
        String line = name.replaceAll("[\\p{Cntrl}\\[\\]]", " ").strip();
        return line.substring(0, Math.min(MAX_NAME, line.length()));
    }
}
