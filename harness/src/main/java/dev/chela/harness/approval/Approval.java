package dev.chela.harness.approval;

import java.time.Instant;
import java.util.Optional;

/**
 * A stored approval or question.
 *
 * @param decision empty while it is open
 * @param decidedBy who decided, as the caller named them; empty when nobody did
 */
public record Approval(
        ApprovalId id,
        ApprovalRequest request,
        Instant askedAt,
        Instant expiresAt,
        Optional<Decision> decision,
        Optional<String> decidedBy) {

    public boolean isOpen() {
        return decision.isEmpty();
    }

    /** The delivery intent of its prompt. */
    public String intent() {
        return "approval:" + id;
    }

    Approval settled(Decision end, Optional<String> who) {
        return new Approval(id, request, askedAt, expiresAt, Optional.of(end), who);
    }
}
