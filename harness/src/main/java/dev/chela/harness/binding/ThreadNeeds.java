package dev.chela.harness.binding;

import java.util.Map;
import java.util.Set;

/**
 * What the next turn needs of its thread, and how the thread is.
 *
 * @param facts the fingerprints a thread would have that was begun now
 * @param restrictions what this turn goes without, and the next ones may not
 * @param transcriptBytes how large the bound thread is; 0 where nobody can tell
 * @param transcriptBytesMax from where on it is too large; 0 sets no limit
 * @param full whether the next turn does not fit into the model's window any more
 */
public record ThreadNeeds(
        Map<String, String> facts,
        Set<Restriction> restrictions,
        long transcriptBytes,
        long transcriptBytesMax,
        boolean full) {

    public ThreadNeeds {
        facts = Map.copyOf(facts);
        restrictions = Set.copyOf(restrictions);
    }

    boolean isTooLarge() {
        return transcriptBytesMax > 0 && transcriptBytes > transcriptBytesMax;
    }
}
