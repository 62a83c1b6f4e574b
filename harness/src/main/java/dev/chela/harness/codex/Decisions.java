package dev.chela.harness.codex;

import dev.chela.harness.approval.ApprovalRequest;
import dev.chela.harness.approval.Approvals;
import dev.chela.harness.approval.Choice;
import dev.chela.harness.approval.Decision;
import dev.chela.harness.appserver.protocol.ApprovalPolicy;
import dev.chela.harness.appserver.protocol.ServerAnswer;

/** People's decisions in Codex's words; whatever is not an allowance is a denial. */
final class Decisions {

    private final Approvals approvals;

    Decisions(Approvals approvals) {
        this.approvals = approvals;
    }

    /**
     * Asks, unless the turn's policy asks nobody or the turn is being stopped. A turn that another
     * client began with a policy of its own is not allowed anything by ours.
     */
    ServerAnswer.Decision of(TurnHandle turn, ApprovalRequest request) {
        boolean asksNobody = turn.settings().policy().approval().equals(ApprovalPolicy.NEVER);
        if (asksNobody && !turn.joined()) {
            return ServerAnswer.Decision.ACCEPT_FOR_SESSION;
        }
        if (turn.stopping()) {
            return ServerAnswer.Decision.CANCEL;
        }
        return switch (approvals.ask(request)) {
            case Decision.Chosen(Choice choice) ->
                    switch (choice) {
                        case ALLOW_ONCE -> ServerAnswer.Decision.ACCEPT;
                        case ALLOW_ALWAYS -> ServerAnswer.Decision.ACCEPT_FOR_SESSION;
                        case DENY -> ServerAnswer.Decision.DECLINE;
                    };
            case Decision.Answered answered -> ServerAnswer.Decision.DECLINE;
            case Decision.TimedOut timedOut -> ServerAnswer.Decision.DECLINE;
            case Decision.Unroutable unroutable -> ServerAnswer.Decision.DECLINE;
            case Decision.Withdrawn withdrawn ->
                    turn.stopping() ? ServerAnswer.Decision.CANCEL : ServerAnswer.Decision.DECLINE;
        };
    }
}
