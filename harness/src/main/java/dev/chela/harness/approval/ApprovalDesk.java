package dev.chela.harness.approval;

/**
 * Who shows approvals to people. Called after the commit, on the asker's or decider's thread; must
 * return quickly, throw nothing, and be harmless when called again for the same approval.
 */
public interface ApprovalDesk {

    /** It is open and wants to be shown. */
    void shown(Approval approval);

    /** It ended; its prompt should now say how. */
    void settled(Approval approval);

    /** A desk that nobody sits at: everything times out, hence is denied. */
    static ApprovalDesk none() {
        return new ApprovalDesk() {
            @Override
            public void shown(Approval approval) {}

            @Override
            public void settled(Approval approval) {}
        };
    }
}
