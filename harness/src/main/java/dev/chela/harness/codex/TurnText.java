package dev.chela.harness.codex;

import dev.chela.harness.TurnEvent;
import dev.chela.harness.appserver.protocol.CodexTurn;
import dev.chela.harness.appserver.protocol.MessagePhase;
import dev.chela.harness.appserver.protocol.ThreadItem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an agent said in a turn: open messages, the answer so far, and files it made. */
final class TurnText {

    private final Map<String, StringBuilder> open = new LinkedHashMap<>();
    private final List<Path> media = new ArrayList<>();
    private Optional<String> answer = Optional.empty();
    private Optional<String> voided = Optional.empty();

    void opened(String item) {
        open.putIfAbsent(item, new StringBuilder());
    }

    /** Appends to an open message; false if its beginning was not heard. */
    boolean delta(String item, String text) {
        StringBuilder said = open.get(item);
        if (said == null) {
            return false;
        }
        said.append(text);
        return true;
    }

    TurnEvent.TextCompleted completed(ThreadItem.AgentMessage message) {
        open.remove(message.id());
        boolean commentary = message.phase() == MessagePhase.COMMENTARY;
        if (!commentary) {
            answer = Optional.of(message.text());
        }
        return new TurnEvent.TextCompleted(message.id(), message.text(), commentary);
    }

    void made(ThreadItem.ImageGeneration picture) {
        if (picture.savedPath() != null && !media.contains(Path.of(picture.savedPath()))) {
            media.add(Path.of(picture.savedPath()));
        }
    }

    /** Voids the open messages; says which of them had text. */
    List<TurnEvent> retract() {
        List<TurnEvent> events = new ArrayList<>();
        open.forEach(
                (item, text) -> {
                    if (!text.isEmpty()) {
                        voided = Optional.of(text.toString());
                        events.add(new TurnEvent.TextRetracted(item));
                    }
                });
        open.clear();
        return events;
    }

    /** Takes from what Codex reports what was missed live. */
    void catchUp(CodexTurn turn) {
        for (ThreadItem item : turn.items()) {
            if (item instanceof ThreadItem.AgentMessage message) {
                completed(message);
            } else if (item instanceof ThreadItem.ImageGeneration picture) {
                made(picture);
            }
        }
    }

    /** The last whole message that is no commentary. */
    Optional<String> answer() {
        return answer.filter(text -> !text.isBlank());
    }

    /** What there is to show of a turn that was stopped. */
    Optional<String> partial() {
        return answer().or(() -> voided);
    }

    List<Path> media() {
        return media;
    }

    boolean hasOpen() {
        return !open.isEmpty();
    }
}
