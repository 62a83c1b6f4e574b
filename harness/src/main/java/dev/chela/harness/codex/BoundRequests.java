package dev.chela.harness.codex;

import dev.chela.harness.appserver.protocol.ServerAnswer;
import dev.chela.harness.appserver.protocol.ServerRequest;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a bound conversation answers the server: it has no tools of ours and asks nobody (commands
 * §2.5). The wire has no place for a reason beside a decision, so that goes to the log.
 */
final class BoundRequests {

    private static final Logger LOG = LoggerFactory.getLogger(BoundRequests.class);

    private BoundRequests() {}

    /** Empty for what is not served here. */
    static Optional<ServerAnswer> answer(ServerRequest request) {
        Optional<ServerAnswer> answer =
                switch (request) {
                    case ServerRequest.ToolCall call ->
                            Optional.of(
                                    ServerAnswer.ToolAnswer.of(
                                            false,
                                            "error: this conversation is bound straight to Codex"
                                                    + " and has no tools of the bot; nothing was"
                                                    + " done"));
                    case ServerRequest.CommandApproval command ->
                            Optional.of(
                                    ServerAnswer.CommandDecision.of(ServerAnswer.Decision.DECLINE));
                    case ServerRequest.FileChangeApproval change ->
                            Optional.of(
                                    new ServerAnswer.FileChangeDecision(
                                            ServerAnswer.Decision.DECLINE));
                    case ServerRequest.PermissionsApproval permissions ->
                            Optional.of(ServerAnswer.PermissionsGrant.none());
                    case ServerRequest.UserInputRequest questions ->
                            Optional.of(ApprovalRequests.unanswered(questions));
                    case ServerRequest.Elicitation elicitation ->
                            Optional.of(new ServerAnswer.ElicitationAnswer("decline", null, null));
                    case ServerRequest.AuthTokensRefresh refresh -> Optional.empty();
                };
        if (answer.isPresent()) {
            LOG.info(
                    "declined: request={} reason=a bound conversation has no tools and asks nobody",
                    request.getClass().getSimpleName());
        }
        return answer;
    }
}
