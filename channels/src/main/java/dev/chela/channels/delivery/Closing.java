package dev.chela.channels.delivery;

import dev.chela.channels.inbox.Outcome;
import java.util.List;
import java.util.Optional;

/**
 * The inbox rows that an intent answers; they are closed in the commit that stores it.
 *
 * @param tickets may be empty
 */
public record Closing(List<Long> tickets, Outcome outcome, Optional<String> detail) {

    public Closing {
        tickets = List.copyOf(tickets);
    }

    public static Closing of(List<Long> tickets, Outcome outcome) {
        return new Closing(tickets, outcome, Optional.empty());
    }

    static Closing nothing() {
        return new Closing(List.of(), Outcome.IGNORED, Optional.empty());
    }
}
