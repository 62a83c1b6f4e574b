package dev.chela.commands;

import dev.chela.harness.Source;
import dev.chela.harness.approval.Approval;

/** Who may decide approvals: explicit approvers of the channel, or an owner (commands §3). */
public interface Deciders {

    /**
     * Whether {@code who}, speaking now, may decide this one: an owner any, an approver what their
     * account asks or is shown.
     */
    boolean mayDecide(Source who, Approval approval);

    /** Whether {@code who} is an approver, who decides without the right to give commands. */
    boolean isApprover(Source who);
}
