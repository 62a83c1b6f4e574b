package dev.chela.commands.core;

import dev.chela.harness.approval.Approval;
import dev.chela.harness.approval.ApprovalRequest;
import dev.chela.harness.approval.Choice;
import dev.chela.harness.approval.Decision;

/** How an approval ended, in words. */
public final class Outcomes {

    private Outcomes() {}

    public static String describe(Approval approval) {
        boolean chat = approval.request().kind() == ApprovalRequest.Kind.CHAT_COMMAND;
        return approval.decision().map(end -> words(end, chat)).orElse("still open");
    }

    private static String words(Decision decision, boolean chat) {
        return switch (decision) {
            case Decision.Chosen(Choice choice) ->
                    switch (choice) {
                        case ALLOW_ONCE -> "allowed once";
                        case ALLOW_ALWAYS ->
                                chat ? "allowed from now on" : "allowed for this session";
                        case DENY -> "denied";
                    };
            case Decision.Answered answered -> "answered";
            case Decision.TimedOut timedOut -> "not decided in time, so denied";
            case Decision.Withdrawn withdrawn -> "no longer needed";
            case Decision.Unroutable unroutable -> "nobody could be asked, so denied";
        };
    }
}
