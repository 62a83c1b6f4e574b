package dev.chela.config.edit;

import static java.util.function.Predicate.not;

import dev.chela.config.json5.Json5Writer;
import dev.chela.config.json5.Node;
import dev.chela.config.json5.Node.Member;
import java.util.List;
import java.util.Optional;

/** Names what a plain replacement of one value by another would drop. */
final class Losses {

    private Losses() {}

    static Optional<String> of(Node before, Node after) {
        return switch (before) {
            case Node.Obj object when !object.members().isEmpty() -> lostKeys(object, after);
            case Node.Arr array when !array.items().isEmpty() -> lostEntries(array, after);
            case Node.Obj _, Node.Arr _, Node.Text _, Node.Num _, Node.Bool _, Node.Null _ ->
                    Optional.empty();
        };
    }

    private static Optional<String> lostKeys(Node.Obj before, Node after) {
        List<String> lost =
                before.members().stream()
                        .map(Member::key)
                        .filter(
                                key ->
                                        !(after instanceof Node.Obj next
                                                && next.get(key).isPresent()))
                        .toList();
        return lost.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", lost));
    }

    private static Optional<String> lostEntries(Node.Arr before, Node after) {
        List<String> kept =
                after instanceof Node.Arr next
                        ? next.items().stream().map(Losses::mark).toList()
                        : List.of();
        long lost = before.items().stream().map(Losses::mark).filter(not(kept::contains)).count();
        long fewer = Math.max(lost, before.items().size() - kept.size());
        return fewer == 0
                ? Optional.empty()
                : Optional.of(fewer == 1 ? "an entry" : fewer + " entries");
    }

    /** What makes an entry the same one: its {@code id}, else all of it. */
    private static String mark(Node entry) {
        Node known = entry instanceof Node.Obj object ? object.get("id").orElse(entry) : entry;
        return Json5Writer.line(known);
    }
}
