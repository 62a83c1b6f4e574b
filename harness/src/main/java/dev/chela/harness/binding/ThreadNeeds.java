package dev.chela.harness.binding;

import java.util.Map;

/**
 * What the next turn needs of its thread, and how the thread is.
 *
 * @param facts the fingerprints a thread would have that was begun now
 * @param toolless whether no tool of ours is offered now
 * @param transcriptBytes how large the bound thread is; 0 where nobody can tell
 * @param transcriptBytesMax from where on it is too large; 0 sets no limit
 * @param full whether the next turn does not fit into the model's window any more
 */
public record ThreadNeeds(
        Map<String, String> facts,
        boolean toolless,
        long transcriptBytes,
        long transcriptBytesMax,
        boolean full) {

    public ThreadNeeds {
        facts = Map.copyOf(facts);
    }

    boolean isTooLarge() {
        return transcriptBytesMax > 0 && transcriptBytes > transcriptBytesMax;
    }
}
