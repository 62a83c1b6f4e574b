package dev.chela.config.load;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Guesses what a misspelt word was meant to be. */
final class Spelling {

    private static final int GUESSES_MAX = 3;

    private Spelling() {}

    /** The known words that are nearest, if any is near enough: one slip in three letters. */
    static List<String> guess(String word, Collection<String> known) {
        int far = Math.max(1, Math.min(3, word.length() / 3));
        int nearest =
                known.stream().mapToInt(candidate -> distance(word, candidate)).min().orElse(99);
        if (nearest > far) {
            return List.of();
        }
        return known.stream()
                .filter(candidate -> distance(word, candidate) == nearest)
                .distinct()
                .sorted(Comparator.naturalOrder())
                .limit(GUESSES_MAX)
                .toList();
    }

    /** Insertions, deletions, changes and swaps of neighbours; capitals do not count. */
    static int distance(String one, String other) {
        String a = one.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                cost[i][j] = step(a, b, i, j, cost);
            }
        }
        return cost[a.length()][b.length()];
    }

    private static int step(String a, String b, int i, int j, int[][] cost) {
        if (i == 0 || j == 0) {
            return i + j;
        }
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int best =
                Math.min(cost[i - 1][j - 1] + change, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        boolean swapped =
                i > 1
                        && j > 1
                        && a.charAt(i - 1) == b.charAt(j - 2)
                        && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
    }
}
