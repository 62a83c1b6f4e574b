package dev.chela.commands.tools;

import dev.chela.channels.Conversation;
import dev.chela.channels.InboundMessage;
import dev.chela.channels.inbox.InboxRow;
import dev.chela.harness.ToolCall;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The message a turn answers: the newest it was given. The agent is not told its id, so this is
 * what it means when it names none.
 */
public final class Answered {

    private final Function<List<Long>, List<InboxRow>> inbox;

    /** Reads what people wrote from {@code inbox}, by its tickets. */
    public Answered(Function<List<Long>, List<InboxRow>> inbox) {
        this.inbox = inbox;
    }

    /** Its id on the platform; empty if nobody wrote in {@code where} what this turn answers. */
    Optional<String> messageId(ToolCall call, Conversation where) {
        return inbox.apply(call.turn().tickets()).stream()
                .sorted(Comparator.comparingLong(InboxRow::seq).reversed())
                .map(InboxRow::event)
                .filter(event -> event.conversation().equals(where))
                .filter(InboundMessage.class::isInstance)
                .map(event -> ((InboundMessage) event).messageId())
                .findFirst();
    }
}
