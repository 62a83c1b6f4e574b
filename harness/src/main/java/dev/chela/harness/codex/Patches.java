package dev.chela.harness.codex;

import dev.chela.harness.appserver.protocol.ServerNotification;
import dev.chela.harness.appserver.protocol.ThreadItem;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The patches of one turn. A request to allow one names only its item (PROTOCOL §10): what it does
 * stands in the item that began before, and who decides has to see that. Safe for several threads.
 */
final class Patches {

    /** Bounds the list alone, so that no long diff can push a file's name out of sight. */
    private static final int NAMES_MAX = 12;

    private final Map<String, ThreadItem.FileChange> begun = new ConcurrentHashMap<>();

    void heard(ServerNotification notification) {
        switch (notification) {
            case ServerNotification.ItemStarted started
                    when started.item() instanceof ThreadItem.FileChange patch ->
                    begun.put(patch.id(), patch);
            case ServerNotification.ItemCompleted completed -> begun.remove(completed.item().id());
            case ServerNotification other -> {
                // Nothing about a patch.
            }
        }
    }

    /** The patch of an item; empty if it began before anybody listened. */
    Optional<ThreadItem.FileChange> of(String item) {
        return Optional.ofNullable(begun.get(item));
    }

    /** Every file first, then what changes in each. */
    static String words(ThreadItem.FileChange patch, Path workspace) {
        List<ThreadItem.Change> changes = patch.changes();
        String names =
                changes.stream()
                        .limit(NAMES_MAX)
                        .map(change -> kind(change) + " " + shortened(change.path(), workspace))
                        .collect(Collectors.joining("\n"));
        String more =
                changes.size() > NAMES_MAX
                        ? "\nand %d more files".formatted(changes.size() - NAMES_MAX)
                        : "";
        String diffs =
                changes.stream()
                        .map(change -> change.diff() == null ? "" : change.diff().strip())
                        .filter(diff -> !diff.isEmpty())
                        .collect(Collectors.joining("\n\n"));
        return names + more + (diffs.isEmpty() ? "" : "\n\n" + diffs);
    }

    private static String kind(ThreadItem.Change change) {
        String type = change.kind() == null ? "" : change.kind().path("type").asText();
        return type.isEmpty() ? "change" : type;
    }

    private static String shortened(String path, Path workspace) {
        try {
            Path file = Path.of(path).normalize();
            return file.startsWith(workspace) ? workspace.relativize(file).toString() : path;
        } catch (InvalidPathException e) {
            return path;
        }
    }
}
