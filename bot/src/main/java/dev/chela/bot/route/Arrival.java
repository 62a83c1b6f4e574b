package dev.chela.bot.route;

import dev.chela.channels.Attachment;
import dev.chela.channels.ButtonPress;
import dev.chela.channels.Conversation;
import dev.chela.channels.InboundMessage;
import dev.chela.channels.inbox.InboxRow;
import dev.chela.commands.CommandCall;
import dev.chela.harness.SessionKey;
import dev.chela.harness.Source;
import java.util.List;

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

    List<Attachment> attachments() {
        return row.event() instanceof InboundMessage message ? message.attachments() : List.of();
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

    private String messageId() {
        return switch (row.event()) {
            case InboundMessage message -> message.messageId();
            case ButtonPress press -> press.messageId();
            default -> "";
        };
    }
}
