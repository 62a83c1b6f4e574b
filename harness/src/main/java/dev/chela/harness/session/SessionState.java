package dev.chela.harness.session;

import dev.chela.harness.InputEnd;
import dev.chela.harness.Renewal;
import dev.chela.harness.SessionKey;
import java.time.Instant;
import java.util.Optional;

/**
 * What a lane must know of its session.
 *
 * @param startedAt when it began, or began anew
 * @param lastInteractionAt when a person last spoke in it
 * @param bound whether it had a native thread when this was read
 * @param cutOff tickets up to it that still wait are ended
 * @param cutOffKind what they are ended with
 * @param forget whether the native binding must go before the next turn
 * @param renewal what the next answer has to say
 */
record SessionState(
        SessionKey key,
        String sessionId,
        Instant startedAt,
        Instant lastInteractionAt,
        boolean bound,
        Optional<String> model,
        QueueOverride queue,
        long cutOff,
        InputEnd.Kind cutOffKind,
        boolean forget,
        Optional<Renewal> renewal) {

    SessionState withModel(Optional<String> newModel) {
        return new SessionState(
                key,
                sessionId,
                startedAt,
                lastInteractionAt,
                bound,
                newModel,
                queue,
                cutOff,
                cutOffKind,
                forget,
                renewal);
    }

    SessionState withQueue(QueueOverride newQueue) {
        return new SessionState(
                key,
                sessionId,
                startedAt,
                lastInteractionAt,
                bound,
                model,
                newQueue,
                cutOff,
                cutOffKind,
                forget,
                renewal);
    }

    SessionState cutOffAt(long ticket, InputEnd.Kind kind) {
        return ticket <= cutOff
                ? this
                : new SessionState(
                        key,
                        sessionId,
                        startedAt,
                        lastInteractionAt,
                        bound,
                        model,
                        queue,
                        ticket,
                        kind,
                        forget,
                        renewal);
    }

    /** A person spoke in it. */
    SessionState touched(Instant now) {
        return new SessionState(
                key,
                sessionId,
                startedAt,
                now,
                bound,
                model,
                queue,
                cutOff,
                cutOffKind,
                forget,
                renewal);
    }

    /** It begins anew under an id. */
    SessionState begunAgain(String newId, Instant now) {
        return new SessionState(
                key, newId, now, now, bound, model, queue, cutOff, cutOffKind, forget, renewal);
    }

    /** The native binding must go, but nothing else. */
    SessionState forgetting() {
        return forgetting(true);
    }

    SessionState forgotten() {
        return forgetting(false);
    }

    SessionState saying(Optional<Renewal> what) {
        return new SessionState(
                key,
                sessionId,
                startedAt,
                lastInteractionAt,
                bound,
                model,
                queue,
                cutOff,
                cutOffKind,
                forget,
                what);
    }

    private SessionState forgetting(boolean pending) {
        return new SessionState(
                key,
                sessionId,
                startedAt,
                lastInteractionAt,
                bound && pending,
                model,
                queue,
                cutOff,
                cutOffKind,
                pending,
                renewal);
    }
}
