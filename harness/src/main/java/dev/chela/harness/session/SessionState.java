package dev.chela.harness.session;

import dev.chela.harness.InputEnd;
import dev.chela.harness.SessionKey;
import java.util.Optional;

/**
 * What a lane must know of its session.
 *
 * @param cutOff tickets up to it that still wait are ended
 * @param cutOffKind what they are ended with
 * @param forget whether the native binding must go before the next turn
 */
record SessionState(
        SessionKey key,
        String sessionId,
        Optional<String> model,
        QueueOverride queue,
        long cutOff,
        InputEnd.Kind cutOffKind,
        boolean forget) {

    SessionState withModel(Optional<String> newModel) {
        return new SessionState(key, sessionId, newModel, queue, cutOff, cutOffKind, forget);
    }

    SessionState withQueue(QueueOverride newQueue) {
        return new SessionState(key, sessionId, model, newQueue, cutOff, cutOffKind, forget);
    }

    SessionState cutOffAt(long ticket, InputEnd.Kind kind) {
        return ticket <= cutOff
                ? this
                : new SessionState(key, sessionId, model, queue, ticket, kind, forget);
    }

    SessionState renewed(String newId) {
        return new SessionState(key, newId, model, queue, cutOff, cutOffKind, true);
    }

    SessionState forgotten() {
        return new SessionState(key, sessionId, model, queue, cutOff, cutOffKind, false);
    }
}
