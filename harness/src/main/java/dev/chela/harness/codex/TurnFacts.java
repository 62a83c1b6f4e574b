package dev.chela.harness.codex;

import dev.chela.harness.InputKey;
import dev.chela.harness.TurnId;
import dev.chela.harness.appserver.protocol.CodexThread;
import dev.chela.harness.appserver.protocol.CodexTurn;
import dev.chela.harness.appserver.protocol.ThreadItem;
import dev.chela.harness.appserver.protocol.ThreadStatus;
import dev.chela.harness.appserver.protocol.UserInput;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What Codex says about a turn when asked. */
sealed interface TurnFacts {

    /** It ended; {@code turn} says how and with what items. */
    record Ended(CodexTurn turn) implements TurnFacts {}

    /** It runs, or may still be taken; {@code turn} has the items finished so far. */
    record InProgress(Optional<CodexTurn> turn) implements TurnFacts {}

    /** No user message of the thread carries the input. */
    record NeverTaken() implements TurnFacts {}

    /**
     * Codex accepted the turn and does not show it, and keeps no client ids that would prove what
     * it took.
     */
    record Forgotten() implements TurnFacts {}

    /** Codex cannot be asked. */
    record Unreachable(String why) implements TurnFacts {}

    /**
     * Reads what became of an input out of a thread with its turns.
     *
     * @param turn Codex's name of the turn, where it is known
     */
    static TurnFacts of(CodexThread thread, Optional<TurnId> turn, Sought sought) {
        List<CodexTurn> newestFirst = thread.turns().reversed();
        Optional<CodexTurn> found =
                newestFirst.stream()
                        .filter(one -> turn.filter(one.id()::equals).isPresent())
                        .findFirst()
                        .or(
                                () ->
                                        newestFirst.stream()
                                                .filter(one -> took(one, sought.input()))
                                                .findFirst())
                        .or(() -> newest(newestFirst).filter(one -> isLikely(one, sought)));
        if (found.isPresent()) {
            return switch (found.get().status()) {
                case IN_PROGRESS, UNKNOWN -> new InProgress(found);
                case COMPLETED, INTERRUPTED, FAILED -> new Ended(found.get());
            };
        }
        if (thread.status() instanceof ThreadStatus.Active) {
            // It may be on its way in: Codex compacts first, and another client's turn shows an
            // input only when it takes it.
            return new InProgress(Optional.empty());
        }
        return turn.isPresent() && !sought.clientIds() ? new Forgotten() : new NeverTaken();
    }

    /**
     * Which turn is looked for.
     *
     * @param text what was said; read again after a crash it may differ
     * @param begunAt written down before Codex was given it; empty for a turn of this process
     * @param clientIds whether the server keeps them
     */
    record Sought(InputKey input, String text, Optional<Instant> begunAt, boolean clientIds) {}

    private static Optional<CodexTurn> newest(List<CodexTurn> newestFirst) {
        return newestFirst.stream().findFirst();
    }

    private static boolean took(CodexTurn turn, InputKey input) {
        return userMessages(turn).stream()
                .anyMatch(message -> input.value().equals(message.clientId()));
    }

    /**
     * Servers before client ids: only the newest turn can be ours, by its words, or because it
     * began after ours was written down.
     */
    private static boolean isLikely(CodexTurn turn, Sought sought) {
        List<ThreadItem.UserMessage> messages = userMessages(turn);
        if (messages.isEmpty()
                || messages.stream().anyMatch(message -> message.clientId() != null)) {
            return false;
        }
        boolean said = messages.stream().anyMatch(message -> words(message).equals(sought.text()));
        return said || (!sought.clientIds() && beganAfter(turn, sought.begunAt()));
    }

    private static boolean beganAfter(CodexTurn turn, Optional<Instant> begunAt) {
        Long startedAt = turn.startedAt();
        return startedAt != null
                && begunAt.filter(at -> startedAt >= at.getEpochSecond()).isPresent();
    }

    /** Whether that turn took the input, and began with somebody else's. */
    static boolean isJoined(CodexTurn turn, InputKey input) {
        return userMessages(turn).stream()
                .skip(1)
                .anyMatch(message -> input.value().equals(message.clientId()));
    }

    static List<ThreadItem.UserMessage> userMessages(CodexTurn turn) {
        return turn.items().stream()
                .filter(ThreadItem.UserMessage.class::isInstance)
                .map(ThreadItem.UserMessage.class::cast)
                .toList();
    }

    static String words(ThreadItem.UserMessage message) {
        return message.content().stream()
                .filter(UserInput.Text.class::isInstance)
                .map(part -> ((UserInput.Text) part).text())
                .findFirst()
                .orElse("");
    }
}
