package dev.chela.bot.route;

import dev.chela.channels.Conversation;
import dev.chela.channels.OutboundMessage;
import dev.chela.channels.delivery.Delivery;
import dev.chela.channels.delivery.Intent;
import dev.chela.channels.delivery.TypingSignal;
import dev.chela.harness.TurnContext;
import dev.chela.harness.TurnEvent;
import dev.chela.harness.TurnKey;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What people see of messages that wait and turns that run: typing from the moment a message is
 * taken, then the growing text. Lost in a crash and worth nothing then; answers do not pass here.
 */
final class LiveTurns {

    private final Delivery delivery;
    private final Map<Long, TypingSignal> typing = new ConcurrentHashMap<>();
    private final Map<TurnKey, LiveTurn> turns = new ConcurrentHashMap<>();

    LiveTurns(Delivery delivery) {
        this.delivery = delivery;
    }

    /** A message was taken and an answer will come. */
    void waiting(long ticket, Conversation place) {
        typing.computeIfAbsent(ticket, key -> delivery.typing(place));
    }

    /** A {@code /steer} reached the running turn; says so once. */
    void steered(long ticket, Conversation place) {
        delivery.post(
                Intent.say(
                        "cmd:%d:steered".formatted(ticket),
                        place,
                        OutboundMessage.of("Told the running turn.")));
    }

    void on(TurnContext turn, TurnEvent event) {
        Optional<Conversation> place = Places.conversation(turn.source());
        if (place.isPresent()) {
            turns.computeIfAbsent(turn.key(), key -> new LiveTurn(delivery, place.get(), turn))
                    .on(event);
        }
    }

    /** These messages have their answer, or will have none. */
    void settled(Iterable<Long> tickets) {
        for (Long ticket : tickets) {
            TypingSignal signal = typing.remove(ticket);
            if (signal != null) {
                signal.close();
            }
        }
    }

    void ended(TurnContext turn) {
        settled(turn.tickets());
        turns.remove(turn.key());
    }

    int running() {
        return turns.size();
    }
}
