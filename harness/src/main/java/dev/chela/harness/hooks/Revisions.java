package dev.chela.harness.hooks;

import java.util.LinkedHashMap;
import java.util.Map;

/** How often each turn's answer was sent back: three times at most, or it would never end. */
final class Revisions {

    private static final int A_TURN_MAX = 3;
    private static final int TURNS_KEPT = 1_000;

    private final Map<String, Integer> byTurn = new LinkedHashMap<>();

    /** The verdict, unless it would send an answer back once too often. */
    synchronized NativeVerdict bounded(NativeEvent event, NativeVerdict verdict) {
        if (!(verdict instanceof NativeVerdict.Revise)) {
            return verdict;
        }
        int count = byTurn.merge(event.where().turn(), 1, Integer::sum);
        if (byTurn.size() > TURNS_KEPT) {
            byTurn.remove(byTurn.keySet().iterator().next());
        }
        return count > A_TURN_MAX ? NativeVerdict.none() : verdict;
    }
}
