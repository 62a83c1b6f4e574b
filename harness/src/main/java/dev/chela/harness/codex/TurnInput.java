package dev.chela.harness.codex;

import dev.chela.harness.InputKey;
import dev.chela.harness.TurnId;
import dev.chela.harness.TurnOutcome;
import dev.chela.harness.appserver.protocol.ServerNotification;
import java.util.Optional;

/** What can happen to a turn: all that its state machine ever learns. */
sealed interface TurnInput {

    /** {@code turn/start} was answered. */
    record Accepted(TurnId turn) implements TurnInput {}

    /** Our input was steered into another client's turn; it may end without taking it. */
    record Joined(TurnId turn) implements TurnInput {}

    /** {@code turn/start} was not answered in time; the turn may run. */
    record Unanswered() implements TurnInput {}

    /** Whoever keeps watch over all turns wants Codex to be asked about this one. */
    record Doubted(String why) implements TurnInput {}

    /** The server told something about the thread. */
    record Notified(ServerNotification notification) implements TurnInput {}

    /**
     * A request of the server is being served.
     *
     * @param person whether a person may be asked, who has a time limit of their own
     */
    record Asked(String request, boolean person) implements TurnInput {

        /** One that no person is asked about. */
        Asked(String request) {
            this(request, false);
        }
    }

    /**
     * It was answered.
     *
     * @param tool whether it was a tool call
     * @param delivered whether the tool put something in front of the person who asked
     */
    record Replied(String request, boolean tool, boolean delivered) implements TurnInput {}

    /** Text was injected; not yet known to be taken. */
    record Steered(InputKey input, String text) implements TurnInput {}

    /** Somebody wants it to end. */
    record Stop(TurnOutcome.Cause cause) implements TurnInput {}

    /** Codex refused to interrupt it: it knows of no such turn, or not yet. */
    record NotInterrupted() implements TurnInput {}

    /** The connection ended. */
    record Cut() implements TurnInput {}

    /**
     * An earlier process began it and may have seen it at work.
     *
     * @param turn Codex's name of it, if that process heard it
     */
    record Found(Optional<TurnId> turn) implements TurnInput {}

    /**
     * Codex was asked and said this.
     *
     * @param early whether it is the word of a server that lived on while the connection to it was
     *     lost, and may not show yet what it was given last
     */
    record Told(TurnFacts facts, boolean early) implements TurnInput {

        /** The word of a server that knows. */
        Told(TurnFacts facts) {
            this(facts, false);
        }
    }

    /** The time the machine wanted to be woken at has come. */
    record Woken() implements TurnInput {}
}
