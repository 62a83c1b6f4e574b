package dev.chela.channels.inbox;

import dev.chela.channels.ChannelEvent;
import java.time.Instant;
import java.util.Optional;

/**
 * One stored event.
 *
 * @param seq the arrival ticket: later events have greater ones
 * @param event as it arrived; its words are gone once the row's body was pruned
 * @param outcome what became of it; empty while the row is open
 * @param detail the reason behind the outcome
 */
public record InboxRow(
        long seq,
        ChannelEvent event,
        Standing standing,
        Instant receivedAt,
        Optional<Outcome> outcome,
        Optional<String> detail) {

    public boolean isOpen() {
        return outcome.isEmpty();
    }
}
