package dev.chela.channels.telegram;

import com.pengrad.telegrambot.model.Message;
import com.pengrad.telegrambot.model.MessageEntity;
import com.pengrad.telegrambot.model.User;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a message says and whom it says it to.
 *
 * @param text without a leading mention of us and without our name behind a command
 * @param mentioned whether an entity names us
 * @param command whether it begins with a command that is not somebody else's
 */
record MessageWords(String text, boolean mentioned, boolean command) {

    private static final MessageEntity[] NO_ENTITIES = {};

    /**
     * Reads a message's text or caption.
     *
     * @param menu command names by what the menu shows for them
     */
    static MessageWords of(Message message, Identity me, Map<String, String> menu) {
        String text = text(message);
        boolean mentioned = false;
        boolean command = false;
        String rest = text;
        for (MessageEntity entity : entities(message)) {
            String named = named(entity, text);
            if (named == null) {
                continue;
            }
            if (isUs(entity, named, me)) {
                mentioned = true;
                if (text.substring(0, entity.offset()).isBlank()) {
                    rest = text.substring(entity.offset() + entity.length()).stripLeading();
                }
            } else if (entity.type() == MessageEntity.Type.bot_command) {
                int at = named.indexOf('@');
                boolean ours = at >= 0 && me.is(named.substring(at + 1));
                mentioned |= ours;
                if (entity.offset() == 0 && (at < 0 || ours)) {
                    command = true;
                    String name = named.substring(1, at < 0 ? named.length() : at);
                    String meant = menu.getOrDefault(name, name);
                    if (name.equals(CommandMenu.START) && !meant.equals(name)) {
                        // What a link carried in is no word of the person.
                        return new MessageWords("/" + meant, mentioned, true);
                    }
                    rest = "/" + meant + text.substring(entity.length());
                }
            }
        }
        return new MessageWords(withAddresses(rest, text, message), mentioned, command);
    }

    /**
     * Addresses that stand behind words are written out after them. What {@code rest} lost of
     * {@code text} it lost at its beginning.
     */
    private static String withAddresses(String rest, String text, Message message) {
        StringBuilder out = new StringBuilder(rest);
        List<MessageEntity> linked =
                Arrays.stream(entities(message))
                        .filter(entity -> entity.type() == MessageEntity.Type.text_link)
                        .filter(entity -> entity.url() != null && named(entity, text) != null)
                        .sorted(Comparator.comparing(MessageEntity::offset).reversed())
                        .toList();
        for (MessageEntity entity : linked) {
            int end = rest.length() - text.length() + entity.offset() + entity.length();
            if (end > 0 && !entity.url().equals(named(entity, text))) {
                out.insert(end, " (" + entity.url() + ")");
            }
        }
        return out.toString();
    }

    static String text(Message message) {
        if (message.text() != null) {
            return message.text();
        }
        return message.caption() == null ? "" : message.caption();
    }

    private static MessageEntity[] entities(Message message) {
        MessageEntity[] entities =
                message.text() != null ? message.entities() : message.captionEntities();
        return entities == null ? NO_ENTITIES : entities;
    }

    private static boolean isUs(MessageEntity entity, String named, Identity me) {
        if (entity.type() == MessageEntity.Type.text_mention) {
            User user = entity.user();
            return user != null && user.id() == me.id();
        }
        return entity.type() == MessageEntity.Type.mention
                && named.startsWith("@")
                && me.is(named.substring(1));
    }

    /** The characters under an entity; null if it points outside the text. */
    private static @Nullable String named(MessageEntity entity, String text) {
        if (entity.type() == null || entity.offset() == null || entity.length() == null) {
            return null;
        }
        int start = entity.offset();
        long end = (long) start + entity.length();
        return start < 0 || entity.length() <= 0 || end > text.length()
                ? null
                : text.substring(start, (int) end);
    }
}
