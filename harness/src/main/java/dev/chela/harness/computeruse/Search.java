package dev.chela.harness.computeruse;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What became of looking for the plugin. */
sealed interface Search {

    /** Marketplaces that go before others, the first of them first (harness §16). */
    List<String> PREFERRED = List.of("openai-bundled", "openai-curated", "local");

    record Hit(Found found) implements Search {}

    /**
     * No marketplace has it.
     *
     * @param unreadable how many marketplaces could not be read
     */
    record Nothing(int unreadable) implements Search {}

    /** Several have it, and nothing says which of them is meant. */
    record Ambiguous(List<String> marketplaces) implements Search {}

    /**
     * The one that is named by its path has it not.
     *
     * @param words why; foreign
     */
    record Refused(String words) implements Search {}

    /**
     * Chooses. One that is installed goes before one that is not, one that is enabled before one
     * that is switched off; among equals the preferred one.
     *
     * @param unreadable how many marketplaces could not be read
     */
    static Search among(List<Found> all, int unreadable) {
        List<Found> best =
                Stream.<Predicate<Found>>of(
                                Found::isUsable, one -> one.plugin().installed(), one -> true)
                        .map(kind -> all.stream().filter(kind).toList())
                        .filter(some -> !some.isEmpty())
                        .findFirst()
                        .orElse(List.of());
        if (best.isEmpty()) {
            return new Nothing(unreadable);
        }
        return best.size() == 1 ? new Hit(best.getFirst()) : preferred(best);
    }

    private static Search preferred(List<Found> several) {
        Optional<List<Found>> first =
                PREFERRED.stream()
                        .map(
                                name ->
                                        several.stream()
                                                .filter(one -> one.marketplace().equals(name))
                                                .toList())
                        .filter(some -> !some.isEmpty())
                        .findFirst();
        return first.filter(some -> some.size() == 1)
                .<Search>map(some -> new Hit(some.getFirst()))
                .orElseGet(() -> new Ambiguous(several.stream().map(Found::marketplace).toList()));
    }
}
