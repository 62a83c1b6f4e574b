package dev.chela.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Measured values of one thing, in the order they were taken; milliseconds unless said otherwise.
 *
 * @param values at least one
 */
record Series(List<Double> values) {

    Series {
        values = List.copyOf(values);
        if (values.isEmpty()) {
            throw new IllegalArgumentException("a series needs at least one value");
        }
    }

    static Series of(double... values) {
        return new Series(Arrays.stream(values).boxed().toList());
    }

    /**
     * The value that a share of all values does not exceed: the nearest rank, so always one that
     * was measured.
     *
     * @param share from 0 to 1
     */
    double quantile(double share) {
        if (share < 0 || share > 1) {
            throw new IllegalArgumentException("share is %s, expected 0 to 1".formatted(share));
        }
        List<Double> sorted = values.stream().sorted().toList();
        int rank = (int) Math.ceil(share * sorted.size());
        return sorted.get(Math.max(rank, 1) - 1);
    }

    /** The middle value; of an even number, the middle of the two. */
    double median() {
        List<Double> sorted = values.stream().sorted().toList();
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1
                ? sorted.get(half)
                : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }

    double min() {
        return quantile(0);
    }

    double max() {
        return quantile(1);
    }

    /**
     * What each value is above its partner, which was measured right beside it: what slowed both
     * cancels out.
     */
    Series minus(Series partner) {
        if (values.size() != partner.values.size()) {
            throw new IllegalArgumentException(
                    "%d values have %d partners".formatted(values.size(), partner.values.size()));
        }
        List<Double> differences = new ArrayList<>();
        for (int at = 0; at < values.size(); at++) {
            differences.add(values.get(at) - partner.values.get(at));
        }
        return new Series(differences);
    }
}
