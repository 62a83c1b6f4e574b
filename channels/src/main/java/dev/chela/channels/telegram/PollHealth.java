package dev.chela.channels.telegram;

import dev.chela.channels.ChannelHealth;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether the account hears anything: only a finished getUpdates counts, never a send that went
 * well.
 */
final class PollHealth {

    private record State(Optional<Instant> lastPoll, boolean deaf, Optional<String> problem) {}

    private final Clock clock;
    private final Duration stall;
    private volatile State state =
            new State(Optional.empty(), true, Optional.of("telegram: not listening yet"));

    PollHealth(Clock clock, Duration stall) {
        this.clock = clock;
        this.stall = stall;
    }

    void polled() {
        state = new State(Optional.of(clock.instant()), false, Optional.empty());
    }

    /** Something went wrong that may pass by itself; the account is deaf once it lasts. */
    void troubled(String problem) {
        state = new State(state.lastPoll(), state.deaf(), Optional.of(problem));
    }

    /** Nothing will arrive until a person does something. */
    void deaf(String problem) {
        state = new State(state.lastPoll(), true, Optional.of(problem));
    }

    ChannelHealth now() {
        State seen = state;
        boolean stalled =
                seen.lastPoll().map(at -> at.plus(stall).isBefore(clock.instant())).orElse(true);
        Optional<String> problem = seen.problem();
        if (problem.isEmpty() && stalled) {
            problem =
                    Optional.of(
                            "telegram: no poll finished for %d s; check the network"
                                    .formatted(stall.toSeconds()));
        }
        return new ChannelHealth(!seen.deaf() && !stalled, seen.lastPoll(), problem);
    }
}
