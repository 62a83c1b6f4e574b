package dev.chela.harness.codex;

import dev.chela.harness.InputKey;
import dev.chela.harness.appserver.protocol.CodexTurn;
import dev.chela.harness.appserver.protocol.ThreadItem;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which inputs Codex is known to have taken: those that a user message carries as its client id. A
 * server without client ids is matched by words, in the order they were given.
 */
final class TakenInputs {

    private final Deque<Given> expected = new ArrayDeque<>();
    private final Set<String> seenItems = new HashSet<>();
    private final Set<InputKey> taken = new HashSet<>();

    TakenInputs(InputKey input, String words) {
        expect(input, words);
    }

    void expect(InputKey input, String words) {
        expected.add(new Given(input, words));
    }

    boolean knows(InputKey input) {
        return taken.contains(input);
    }

    /** The input that this message shows as taken, if it is one of ours and news. */
    Optional<InputKey> seen(ThreadItem.UserMessage message) {
        if (!seenItems.add(message.id())) {
            return Optional.empty();
        }
        Iterator<Given> given = expected.iterator();
        while (given.hasNext()) {
            Given next = given.next();
            if (next.is(message)) {
                given.remove();
                taken.add(next.key());
                return Optional.of(next.key());
            }
        }
        return Optional.empty();
    }

    /** The same for everything that a turn holds. */
    List<InputKey> all(CodexTurn turn) {
        List<InputKey> news = new ArrayList<>();
        TurnFacts.userMessages(turn).forEach(message -> seen(message).ifPresent(news::add));
        return news;
    }

    private record Given(InputKey key, String words) {

        boolean is(ThreadItem.UserMessage message) {
            return message.clientId() == null
                    ? TurnFacts.words(message).equals(words)
                    : key.value().equals(message.clientId());
        }
    }
}
