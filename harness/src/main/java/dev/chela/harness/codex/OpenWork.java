package dev.chela.harness.codex;

import dev.chela.harness.TurnEvent;
import dev.chela.harness.appserver.protocol.ThreadItem;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What of a turn is open: its items, the server's requests and hooks; and what is shown of it. */
final class OpenWork {

    private final Set<String> items = new LinkedHashSet<>();
    private final Set<String> requests = new LinkedHashSet<>();
    private final Set<String> hooks = new LinkedHashSet<>();
    private final Map<String, String> shown = new LinkedHashMap<>();
    private String lastActivity = "";

    /** Opens an item; the event shows it, if it is of a kind that is shown. */
    Optional<TurnEvent> opened(ThreadItem item) {
        items.add(item.id());
        Optional<String> title = ItemTitles.of(item);
        title.ifPresent(
                text -> {
                    lastActivity = text;
                    shown.put(item.id(), text);
                });
        return title.map(text -> new TurnEvent.Activity(item.id(), text, true));
    }

    /** Closes an item; the event takes it back from what is shown. */
    Optional<TurnEvent> closed(String item) {
        items.remove(item);
        return Optional.ofNullable(shown.remove(item))
                .map(title -> new TurnEvent.Activity(item, title, false));
    }

    void asked(String request) {
        requests.add(request);
    }

    void replied(String request) {
        requests.remove(request);
    }

    void hookStarted(String hook) {
        hooks.add(hook);
    }

    void hookCompleted(String hook) {
        hooks.remove(hook);
    }

    /** The connection is gone: nothing of it will be closed, but it stays shown until the end. */
    void cut() {
        items.clear();
        requests.clear();
        hooks.clear();
    }

    /** Takes back everything that is shown. */
    List<TurnEvent> end() {
        return List.copyOf(shown.keySet()).stream()
                .map(this::closed)
                .flatMap(Optional::stream)
                .toList();
    }

    boolean isBusy() {
        return !items.isEmpty() || !requests.isEmpty() || !hooks.isEmpty();
    }

    /** The title of what was begun last; empty if nothing was. */
    String lastActivity() {
        return lastActivity;
    }

    /** Counts only, for the log. */
    @Override
    public String toString() {
        return "items=%d requests=%d hooks=%d"
                .formatted(items.size(), requests.size(), hooks.size());
    }
}
