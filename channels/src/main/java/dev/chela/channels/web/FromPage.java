package dev.chela.channels.web;

import dev.chela.channels.Attachment;
import dev.chela.channels.ButtonPress;
import dev.chela.channels.ChannelEvent;
import dev.chela.channels.ChatKind;
import dev.chela.channels.Conversation;
import dev.chela.channels.EventId;
import dev.chela.channels.InboundMessage;
import dev.chela.channels.Sender;
import java.time.Instant;
import java.util.Optional;

/** Turns what a page did into events; whoever has the token is the owner. */
final class FromPage {

    static final Sender OWNER = new Sender("owner", "You", Optional.empty(), false);

    private final String account;

    FromPage(String account) {
        this.account = account;
    }

    ChannelEvent message(StoredMessage message) {
        return new InboundMessage(
                id(message.key()),
                conversation(message.chat()),
                OWNER,
                message.at(),
                message.id(),
                message.markdown(),
                true,
                false,
                Optional.empty(),
                message.extras().files().stream().map(FromPage::attachment).toList());
    }

    ChannelEvent press(String clientId, StoredMessage message, String data, Instant at) {
        return new ButtonPress(
                id(clientId), conversation(message.chat()), OWNER, at, message.id(), data);
    }

    Conversation conversation(String chat) {
        return new Conversation(WebChannel.ID, account, ChatKind.DIRECT, chat, Optional.empty());
    }

    private EventId id(String value) {
        return new EventId(WebChannel.ID, account, value);
    }

    private static Attachment attachment(StoredFile file) {
        return new Attachment(
                file.name(),
                file.mediaType(),
                file.bytes(),
                Optional.of(file.id()),
                Optional.empty());
    }
}
