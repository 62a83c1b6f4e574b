package dev.chela.commands;

import dev.chela.harness.Source;
import dev.chela.harness.approval.Approval;

/** Who may decide approvals: explicit approvers of the channel, or an owner (commands §3). */
@FunctionalInterface
public interface Deciders {

    /** Whether {@code who}, speaking now, may decide this one. */
    boolean mayDecide(Source who, Approval approval);
}
