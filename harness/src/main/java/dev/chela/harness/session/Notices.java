package dev.chela.harness.session;

import dev.chela.harness.InputEnd;

/** What a sender is told whose message ends without a turn. */
final class Notices {

    static final InputEnd SUPERSEDED =
            new InputEnd(
                    InputEnd.Kind.SUPERSEDED,
                    "I left this message for your newer one (queue mode interrupt)."
                            + " Send it again if it still counts.");

    static final InputEnd DROPPED =
            new InputEnd(
                    InputEnd.Kind.DROPPED,
                    "Too many messages were waiting, so I dropped this one, the oldest."
                            + " Send it again if it still counts.");

    private Notices() {}

    static InputEnd queueFull(int cap) {
        return new InputEnd(
                InputEnd.Kind.QUEUE_FULL,
                (cap == 1 ? "A message is" : cap + " messages are")
                        + " waiting already, so I did not take this one. Send it again later, or"
                        + " use /stop to empty the queue.");
    }

    static InputEnd cutOff(InputEnd.Kind kind) {
        return new InputEnd(
                kind,
                (kind == InputEnd.Kind.SESSION_RESET
                                ? "The session was started anew before I got to what waited here."
                                : "Stopped before I got to what waited here.")
                        + " Send it again if it still counts.");
    }
}
