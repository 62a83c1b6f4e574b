package dev.chela.harness.approval;

/**
 * Who shows approvals to people. Called after the commit, on the asker's or decider's thread; must
 * return quickly, throw nothing but {@link dev.chela.config.state.DatabaseException}, and be
 * harmless when called again for the same approval.
 */
public interface ApprovalDesk {

    /**
     * It is open and wants to be shown.
     *
     * @return false if nobody will ever see it; then it is denied at once
     */
    boolean shown(Approval approval);

    /** It ended; its prompt should now say how. Told again at a start unless this returned. */
    void settled(Approval approval);

    /** A question is not asked, because others in the chat would see its secret answer. */
    default void refused(ApprovalRequest request) {}

    /** A desk that nobody sits at: everything is denied. */
    static ApprovalDesk none() {
        return new ApprovalDesk() {
            @Override
            public boolean shown(Approval approval) {
                return false;
            }

            @Override
            public void settled(Approval approval) {}
        };
    }
}
