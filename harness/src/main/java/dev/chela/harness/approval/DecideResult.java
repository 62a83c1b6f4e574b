package dev.chela.harness.approval;

import java.util.List;

/** What became of an attempt to decide. */
public sealed interface DecideResult {

    /** It counts, and is on disk. */
    record Decided(Approval approval) implements DecideResult {}

    /** Somebody was faster, or it was withdrawn; {@code approval} tells how it ended. */
    record AlreadyDecided(Approval approval) implements DecideResult {}

    /** The prefix fits several open ones; nothing was decided. */
    record Ambiguous(List<ApprovalId> candidates) implements DecideResult {

        public Ambiguous {
            candidates = List.copyOf(candidates);
        }
    }

    /** No approval has that id. */
    record Unknown() implements DecideResult {}

    /** Its time had passed. */
    record Expired(Approval approval) implements DecideResult {}
}
