package dev.chela.harness.session;

import dev.chela.harness.Beginning;
import dev.chela.harness.InputKey;
import dev.chela.harness.Renewal;
import dev.chela.harness.ReplyMode;
import dev.chela.harness.SessionKey;
import dev.chela.harness.Source;
import dev.chela.harness.ThreadId;
import dev.chela.harness.TurnEvent;
import dev.chela.harness.TurnId;
import dev.chela.harness.TurnKey;
import dev.chela.harness.TurnOutcome;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A turn as it was written before it ran.
 *
 * @param prompt the messages it was begun with, in order
 * @param steered the tickets of messages it took later
 * @param renewal what its answer has to say about the session
 * @param outcome how it ended, if it did; it is open until that was handed over
 */
record StoredTurn(
        TurnKey key,
        SessionKey session,
        String sessionId,
        InputKey input,
        Source source,
        ReplyMode replyMode,
        Optional<String> model,
        List<Prompted> prompt,
        List<Long> steered,
        Optional<TurnOutcome.Cause> interrupt,
        Optional<Native> nativeTurn,
        Optional<TurnOutcome> outcome,
        Instant begunAt,
        Optional<Renewal> renewal) {

    StoredTurn {
        prompt = List.copyOf(prompt);
        steered = List.copyOf(steered);
    }

    /** A turn of {@code batch}; the newest message says where its answer goes. */
    static StoredTurn begun(
            SessionState session,
            List<QueuedInput> batch,
            TurnKey key,
            InputKey input,
            Instant now) {
        QueuedInput newest = batch.getLast();
        return new StoredTurn(
                key,
                session.key(),
                session.sessionId(),
                input,
                newest.source(),
                newest.replyMode(),
                newest.model().or(session::model),
                Prompted.of(batch),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                now,
                // What nobody said is answered nowhere, and a watched room is not spoken in.
                newest.source().kind() == Source.Kind.INTERNAL
                                || batch.stream().allMatch(QueuedInput::ambient)
                        ? Optional.empty()
                        : session.renewal());
    }

    Beginning beginning() {
        return new Beginning(
                begunAt,
                nativeTurn.map(it -> new TurnEvent.Started(it.thread(), it.turn())),
                List.of(),
                interrupt);
    }

    StoredTurn named(Native names) {
        return new StoredTurn(
                key,
                session,
                sessionId,
                input,
                source,
                replyMode,
                model,
                prompt,
                steered,
                interrupt,
                Optional.of(names),
                outcome,
                begunAt,
                renewal);
    }

    /** One message of a prompt; of a summarized one only a line is told. */
    record Prompted(long ticket, boolean summarized) {

        static List<Prompted> of(List<QueuedInput> batch) {
            return batch.stream().map(one -> new Prompted(one.ticket(), one.summarized())).toList();
        }
    }

    /** Codex's names for it, once it has them. */
    record Native(ThreadId thread, TurnId turn) {}
}
