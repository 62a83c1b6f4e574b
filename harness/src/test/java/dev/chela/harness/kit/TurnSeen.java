package dev.chela.harness.kit;

import dev.chela.harness.TurnId;
import dev.chela.harness.appserver.protocol.MessagePhase;
import dev.chela.harness.appserver.protocol.ServerNotification;
import dev.chela.harness.appserver.protocol.ThreadItem;
import dev.chela.harness.appserver.protocol.TurnError;
import dev.chela.harness.appserver.protocol.TurnStatus;
import java.util.List;
import java.util.Objects;

/** A turn that ended, as a client saw it. */
public record TurnSeen(TurnId id, List<ServerNotification> notifications) {

    public TurnSeen {
        var turn = id;
        notifications =
                notifications.stream()
                        .filter(ServerNotification.OfTurn.class::isInstance)
                        .filter(it -> ((ServerNotification.OfTurn) it).turnId().equals(turn))
                        .toList();
    }

    public TurnStatus status() {
        return end().turn().status();
    }

    public TurnError error() {
        return Objects.requireNonNull(end().turn().error(), "the turn did not fail");
    }

    /** The completed items of a type, in order. */
    public <T extends ThreadItem> List<T> items(Class<T> type) {
        return all(ServerNotification.ItemCompleted.class).stream()
                .map(ServerNotification.ItemCompleted::item)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    /** The last completed agent message that is no commentary; empty without one. */
    public String answer() {
        return items(ThreadItem.AgentMessage.class).stream()
                .filter(message -> message.phase() != MessagePhase.COMMENTARY)
                .map(ThreadItem.AgentMessage::text)
                .reduce("", (first, second) -> second);
    }

    /** The streamed text of an item. */
    public String streamed(String itemId) {
        return all(ServerNotification.AgentMessageDelta.class).stream()
                .filter(delta -> delta.itemId().equals(itemId))
                .map(ServerNotification.AgentMessageDelta::delta)
                .reduce("", String::concat);
    }

    public <T extends ServerNotification> List<T> all(Class<T> type) {
        return notifications.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private ServerNotification.TurnCompleted end() {
        return all(ServerNotification.TurnCompleted.class).getLast();
    }
}
