package dev.chela.harness.codex;

import dev.chela.harness.InputKey;
import dev.chela.harness.TurnId;
import dev.chela.harness.appserver.protocol.CodexThread;
import dev.chela.harness.appserver.protocol.CodexTurn;
import dev.chela.harness.appserver.protocol.ThreadItem;
import dev.chela.harness.appserver.protocol.ThreadStatus;
import dev.chela.harness.appserver.protocol.UserInput;
import java.util.List;
import java.util.Optional;

/** What Codex says about a turn when asked. */
sealed interface TurnFacts {

    /** It ended; {@code turn} says how and with what items. */
    record Ended(CodexTurn turn) implements TurnFacts {}

    /** It runs; {@code turn} has the items finished so far. */
    record InProgress(Optional<CodexTurn> turn) implements TurnFacts {}

    /** No user message of the thread carries the input. */
    record NeverTaken() implements TurnFacts {}

    /** Codex cannot be asked. */
    record Unreachable(String why) implements TurnFacts {}

    /**
     * Reads what became of an input out of a thread with its turns.
     *
     * @param turn Codex's name of the turn, where it is known
     * @param text what was said; decides where the server has no client ids
     */
    static TurnFacts of(CodexThread thread, Optional<TurnId> turn, InputKey input, String text) {
        List<CodexTurn> newestFirst = thread.turns().reversed();
        Optional<CodexTurn> found =
                newestFirst.stream()
                        .filter(one -> turn.filter(one.id()::equals).isPresent())
                        .findFirst()
                        .or(() -> newestFirst.stream().filter(one -> took(one, input)).findFirst())
                        .or(() -> newest(newestFirst).filter(one -> said(one, text)));
        if (found.isPresent()) {
            return switch (found.get().status()) {
                case IN_PROGRESS, UNKNOWN -> new InProgress(found);
                case COMPLETED, INTERRUPTED, FAILED -> new Ended(found.get());
            };
        }
        boolean busyWithIt = turn.isPresent() && thread.status() instanceof ThreadStatus.Active;
        return busyWithIt ? new InProgress(Optional.empty()) : new NeverTaken();
    }

    private static Optional<CodexTurn> newest(List<CodexTurn> newestFirst) {
        return newestFirst.stream().findFirst();
    }

    private static boolean took(CodexTurn turn, InputKey input) {
        return userMessages(turn).stream()
                .anyMatch(message -> input.value().equals(message.clientId()));
    }

    /** Servers before client ids: only the newest turn can be ours, and only by its words. */
    private static boolean said(CodexTurn turn, String text) {
        return userMessages(turn).stream()
                .anyMatch(message -> message.clientId() == null && words(message).equals(text));
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
