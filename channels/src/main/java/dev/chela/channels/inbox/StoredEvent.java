package dev.chela.channels.inbox;

import dev.chela.channels.Attachment;
import dev.chela.channels.ButtonPress;
import dev.chela.channels.ChannelEvent;
import dev.chela.channels.Conversation;
import dev.chela.channels.EventId;
import dev.chela.channels.InboundMessage;
import dev.chela.channels.MessageEdit;
import dev.chela.channels.Reaction;
import dev.chela.channels.Sender;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The columns in which the four kinds of events differ.
 *
 * @param body what was said, pressed or shown; null in a row that may not keep it
 */
record StoredEvent(
        String kind,
        String messageId,
        @Nullable String body,
        @Nullable String quote,
        @Nullable String attachments,
        boolean nativeCommand) {

    /** Longest text that is kept, in UTF-16 units; no platform lets people write so much. */
    private static final int BODY_MAX_CHARS = 100_000;

    static StoredEvent of(ChannelEvent event) {
        return switch (event) {
            case InboundMessage message ->
                    new StoredEvent(
                            "message",
                            message.messageId(),
                            bounded(message.text()),
                            message.quote().map(StoredJson::quote).orElse(null),
                            AttachmentJson.write(message.attachments()).toString(),
                            message.nativeCommand());
            case ButtonPress press -> plain("press", press.messageId(), press.data());
            case MessageEdit edit -> plain("edit", edit.messageId(), bounded(edit.text()));
            case Reaction reaction -> plain("reaction", reaction.messageId(), reaction.emoji());
        };
    }

    StoredEvent withoutWords() {
        return new StoredEvent(kind, messageId, null, null, null, nativeCommand);
    }

    static ChannelEvent read(ResultSet row) throws SQLException {
        EventId id =
                new EventId(
                        row.getString("channel"),
                        row.getString("account"),
                        row.getString("event_id"));
        Conversation where = Conversation.parse(row.getString("conversation"));
        Sender sender =
                new Sender(
                        row.getString("sender_id"),
                        orEmpty(row.getString("sender_name")),
                        Optional.ofNullable(row.getString("sender_username")),
                        row.getBoolean("sender_bot"));
        Instant at = Instant.ofEpochMilli(row.getLong("sent_at"));
        String messageId = row.getString("message_id");
        String body = orEmpty(row.getString("body"));
        return switch (row.getString("kind")) {
            case "press" -> new ButtonPress(id, where, sender, at, messageId, body);
            case "edit" -> new MessageEdit(id, where, sender, at, messageId, body);
            case "reaction" -> new Reaction(id, where, sender, at, messageId, body);
            default ->
                    new InboundMessage(
                            id,
                            where,
                            sender,
                            at,
                            messageId,
                            body,
                            row.getBoolean("addressed"),
                            row.getBoolean("native_command"),
                            Optional.ofNullable(row.getString("quote")).map(StoredJson::quote),
                            attachments(row.getString("attachments")));
        };
    }

    private static List<Attachment> attachments(@Nullable String stored) {
        return stored == null
                ? List.of()
                : AttachmentJson.read(StoredJson.parse("attachments", stored));
    }

    private static StoredEvent plain(String kind, String messageId, String body) {
        return new StoredEvent(kind, messageId, body, null, null, false);
    }

    private static String bounded(String text) {
        return text.length() <= BODY_MAX_CHARS ? text : text.substring(0, BODY_MAX_CHARS);
    }

    private static String orEmpty(@Nullable String column) {
        return column == null ? "" : column;
    }
}
