package dev.chela.bot.route;

import dev.chela.channels.ButtonPress;
import dev.chela.channels.Conversation;
import dev.chela.channels.InboundMessage;
import dev.chela.channels.Quote;
import dev.chela.channels.inbox.InboxRow;
import dev.chela.commands.CommandCall;
import dev.chela.harness.SessionKey;
import dev.chela.harness.Source;

/** An inbound row with the session and the source it stands for. */
record Arrival(InboxRow row, SessionKey session, Source source) {

    Conversation place() {
        return row.event().conversation();
    }

    /** Whether it came as a slash command; such a turn answers openly. */
    boolean messageIsCommand() {
        return row.event() instanceof InboundMessage message
                && (message.nativeCommand() || message.text().stripLeading().startsWith("/"));
    }

    /** Whether nothing came with the typed words: no file and nobody else's words. */
    boolean isBare() {
        return !(row.event() instanceof InboundMessage message)
                || (message.attachments().isEmpty() && message.quote().isEmpty());
    }

    /** Whether the sender gave a file with it; what is forwarded is somebody else's. */
    boolean hasFile() {
        return row.event() instanceof InboundMessage message
                && !message.attachments().isEmpty()
                && message.quote().filter(Quote::forwarded).isEmpty();
    }

    CommandCall call(String arguments, boolean alone) {
        return new CommandCall(
                session,
                source,
                place(),
                row.event().sender(),
                arguments,
                row.seq(),
                messageId(),
                alone);
    }

    String messageId() {
        return switch (row.event()) {
            case InboundMessage message -> message.messageId();
            case ButtonPress press -> press.messageId();
            default -> "";
        };
    }
}
