package dev.chela.bot.route;

import dev.chela.channels.Conversation;
import dev.chela.channels.OutboundMessage;
import dev.chela.channels.delivery.Delivery;
import dev.chela.channels.delivery.Intent;
import dev.chela.channels.delivery.TypingSignal;
import dev.chela.config.TypingMode;
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
    private final Manners manners;
    private final Map<Long, Waiting> waiting = new ConcurrentHashMap<>();
    private final Map<Long, TypingSignal> typing = new ConcurrentHashMap<>();
    private final Map<TurnKey, LiveTurn> turns = new ConcurrentHashMap<>();

    LiveTurns(Delivery delivery, Manners manners) {
        this.delivery = delivery;
        this.manners = manners;
    }

    /** A message whose typing sign is not shown yet. */
    private record Waiting(Conversation place, TypingMode mode) {}

    /**
     * A message was taken and an answer will come.
     *
     * @param addressed whether it spoke to us
     */
    void waiting(long ticket, Conversation place, boolean addressed) {
        TypingMode mode = manners.typing(addressed);
        switch (mode) {
            case INSTANT -> typing.computeIfAbsent(ticket, key -> delivery.typing(place));
            case THINKING, MESSAGE -> waiting.put(ticket, new Waiting(place, mode));
            case NEVER -> {}
        }
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
        showTyping(turn, event);
        Optional<Conversation> place = Places.conversation(turn.source());
        if (place.isPresent()) {
            turns.computeIfAbsent(
                            turn.key(), key -> new LiveTurn(delivery, manners, place.get(), turn))
                    .on(event);
        }
    }

    private void showTyping(TurnContext turn, TurnEvent event) {
        if (waiting.isEmpty()) {
            return;
        }
        boolean speaks =
                event instanceof TurnEvent.TextDelta || event instanceof TurnEvent.TextCompleted;
        for (Long ticket : turn.tickets()) {
            Waiting one = waiting.get(ticket);
            if (one != null && (speaks || one.mode() == TypingMode.THINKING)) {
                typing.computeIfAbsent(ticket, key -> delivery.typing(one.place()));
                waiting.remove(ticket);
            }
        }
    }

    /** These messages have their answer, or will have none. */
    void settled(Iterable<Long> tickets) {
        for (Long ticket : tickets) {
            waiting.remove(ticket);
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
