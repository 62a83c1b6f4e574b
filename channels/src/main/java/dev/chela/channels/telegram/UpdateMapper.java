package dev.chela.channels.telegram;

import com.pengrad.telegrambot.model.CallbackQuery;
import com.pengrad.telegrambot.model.Chat;
import com.pengrad.telegrambot.model.Message;
import com.pengrad.telegrambot.model.MessageReactionUpdated;
import com.pengrad.telegrambot.model.Update;
import com.pengrad.telegrambot.model.User;
import com.pengrad.telegrambot.model.message.MaybeInaccessibleMessage;
import com.pengrad.telegrambot.model.reaction.ReactionType;
import com.pengrad.telegrambot.model.reaction.ReactionTypeEmoji;
import dev.chela.channels.Attachment;
import dev.chela.channels.ButtonPress;
import dev.chela.channels.ChannelEvent;
import dev.chela.channels.ChatKind;
import dev.chela.channels.Conversation;
import dev.chela.channels.EventId;
import dev.chela.channels.InboundMessage;
import dev.chela.channels.MessageEdit;
import dev.chela.channels.Quote;
import dev.chela.channels.Reaction;
import dev.chela.channels.Sender;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns Telegram's updates into events; what is no event for us becomes nothing. */
final class UpdateMapper {

    /** The General topic, which Telegram leaves out of its messages. */
    static final String GENERAL_TOPIC = "1";

    static final String CHANNEL = "telegram";

    private final String account;
    private final Identity me;
    private final Map<String, String> menu;

    UpdateMapper(String account, Identity me, Map<String, String> menu) {
        this.account = account;
        this.me = me;
        this.menu = Map.copyOf(menu);
    }

    Optional<ChannelEvent> map(Update update) {
        if (update.message() != null) {
            return message(update.message());
        }
        if (update.editedMessage() != null) {
            return edit(update.editedMessage());
        }
        if (update.callbackQuery() != null) {
            return press(update.callbackQuery());
        }
        if (update.messageReaction() != null) {
            return reaction(update.messageReaction(), update.updateId());
        }
        return Optional.empty();
    }

    private Optional<ChannelEvent> message(Message message) {
        Optional<Conversation> conversation = conversation(message.chat(), message);
        Optional<Sender> sender = sender(message.from(), message.senderChat());
        if (conversation.isEmpty() || sender.isEmpty() || isOurs(message.from())) {
            return Optional.empty();
        }
        MessageWords words = MessageWords.of(message, me, menu);
        List<Attachment> files = InboundFiles.of(message);
        String text = Extras.describe(message, words.text());
        if (text.isEmpty() && files.isEmpty() && !words.mentioned()) {
            return Optional.empty();
        }
        boolean forwarded = message.forwardOrigin() != null;
        Optional<Quote> quote =
                forwarded
                        ? Optional.of(Extras.forwarded(message.forwardOrigin(), text))
                        : Extras.quote(message, me);
        return Optional.of(
                new InboundMessage(
                        id("m:%s:%d".formatted(conversation.get().peer(), message.messageId())),
                        conversation.get(),
                        sender.get(),
                        at(message.date()),
                        String.valueOf(message.messageId()),
                        forwarded ? "" : text,
                        (words.mentioned() && !forwarded)
                                || quote.filter(Quote::fromBot).isPresent(),
                        words.command() && !forwarded,
                        quote,
                        files));
    }

    private Optional<ChannelEvent> edit(Message message) {
        Optional<Conversation> conversation = conversation(message.chat(), message);
        Optional<Sender> sender = sender(message.from(), message.senderChat());
        String text = MessageWords.of(message, me, menu).text();
        if (conversation.isEmpty()
                || sender.isEmpty()
                || isOurs(message.from())
                || text.isEmpty()) {
            return Optional.empty();
        }
        int date = message.editDate() == null ? 0 : message.editDate();
        return Optional.of(
                new MessageEdit(
                        id(
                                "e:%s:%d:%d:%x"
                                        .formatted(
                                                conversation.get().peer(),
                                                message.messageId(),
                                                date,
                                                text.hashCode())),
                        conversation.get(),
                        sender.get(),
                        at(date),
                        String.valueOf(message.messageId()),
                        text));
    }

    private Optional<ChannelEvent> press(CallbackQuery query) {
        MaybeInaccessibleMessage under = query.maybeInaccessibleMessage();
        Optional<Sender> sender = sender(query.from(), null);
        if (under == null || under.chat() == null || query.data() == null || sender.isEmpty()) {
            return Optional.empty();
        }
        Message message = under instanceof Message whole ? whole : null;
        return conversation(under.chat(), message)
                .map(
                        conversation ->
                                new ButtonPress(
                                        id("c:" + query.id()),
                                        conversation,
                                        sender.get(),
                                        at(under.date()),
                                        String.valueOf(under.messageId()),
                                        query.data()));
    }

    private Optional<ChannelEvent> reaction(MessageReactionUpdated update, Integer updateId) {
        Optional<Conversation> conversation = conversation(update.chat(), null);
        Optional<Sender> sender = sender(update.user(), update.actorChat());
        if (conversation.isEmpty() || sender.isEmpty() || isOurs(update.user())) {
            return Optional.empty();
        }
        List<String> before = emojis(update.oldReaction());
        String added =
                emojis(update.newReaction()).stream()
                        .filter(emoji -> !before.contains(emoji))
                        .findFirst()
                        .orElse("");
        return Optional.of(
                new Reaction(
                        id("u:" + updateId),
                        conversation.get(),
                        sender.get(),
                        at(update.date()),
                        String.valueOf(update.messageId()),
                        added));
    }

    private static List<String> emojis(ReactionType @Nullable [] reactions) {
        return reactions == null
                ? List.of()
                : Arrays.stream(reactions)
                        .map(r -> r instanceof ReactionTypeEmoji e ? e.emoji() : "custom emoji")
                        .toList();
    }

    private Optional<Conversation> conversation(@Nullable Chat chat, @Nullable Message message) {
        if (chat == null || chat.id() == null || chat.type() == null) {
            return Optional.empty();
        }
        ChatKind kind =
                switch (chat.type()) {
                    case Private -> ChatKind.DIRECT;
                    case group, supergroup -> ChatKind.GROUP;
                    case channel -> ChatKind.CHANNEL;
                };
        return Optional.of(
                new Conversation(
                        CHANNEL, account, kind, String.valueOf(chat.id()), topic(chat, message)));
    }

    /** A reply chain in a plain group also has a thread id, but is no place of its own. */
    private Optional<String> topic(Chat chat, @Nullable Message message) {
        if (message != null
                && Boolean.TRUE.equals(message.isTopicMessage())
                && message.messageThreadId() != null) {
            return chat.type() != Chat.Type.Private || me.topicsInDirectChats()
                    ? Optional.of(String.valueOf(message.messageThreadId()))
                    : Optional.empty();
        }
        return message != null && Boolean.TRUE.equals(chat.isForum())
                ? Optional.of(GENERAL_TOPIC)
                : Optional.empty();
    }

    /** Who spoke: for anonymous administrators and channels that is the chat they speak as. */
    static Optional<Sender> sender(@Nullable User user, @Nullable Chat as) {
        if (as != null && as.id() != null) {
            String title = as.title() == null ? "" : as.title();
            return Optional.of(
                    new Sender(
                            String.valueOf(as.id()),
                            title,
                            Optional.ofNullable(as.username()),
                            false));
        }
        if (user == null || user.id() == null) {
            return Optional.empty();
        }
        return Optional.of(
                new Sender(
                        String.valueOf(user.id()),
                        Extras.name(user),
                        Optional.ofNullable(user.username()),
                        Boolean.TRUE.equals(user.isBot())));
    }

    private boolean isOurs(@Nullable User user) {
        return user != null && user.id() != null && user.id() == me.id();
    }

    private EventId id(String value) {
        return new EventId(CHANNEL, account, value);
    }

    private static Instant at(@Nullable Integer seconds) {
        return Instant.ofEpochSecond(seconds == null ? 0 : seconds);
    }
}
