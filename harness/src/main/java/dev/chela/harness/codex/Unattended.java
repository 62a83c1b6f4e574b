package dev.chela.harness.codex;

import dev.chela.harness.appserver.protocol.ServerAnswer;
import dev.chela.harness.appserver.protocol.ServerRequest;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns that have no tools of ours and ask nobody, and what they answer the server. The wire has no
 * place for a reason beside a decision, so that goes to the log.
 */
enum Unattended {
    /** Of a bound conversation (commands §2.5). */
    BOUND("a bound conversation", "this conversation is bound straight to Codex and"),

    /** Of a side question, to which a tool of ours came with the copied thread. */
    SIDE("a side question", "this is a side question, which");

    private static final Logger LOG = LoggerFactory.getLogger(Unattended.class);

    private final String who;
    private final String told;

    Unattended(String who, String told) {
        this.who = who;
        this.told = told;
    }

    /** Empty for what is not served here. */
    Optional<ServerAnswer> answer(ServerRequest request) {
        Optional<ServerAnswer> answer =
                switch (request) {
                    case ServerRequest.ToolCall call ->
                            Optional.of(
                                    ServerAnswer.ToolAnswer.of(
                                            false,
                                            "error: "
                                                    + told
                                                    + " has no tools of the bot; nothing was"
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
                    "declined: request={} reason={} has no tools and asks nobody",
                    request.getClass().getSimpleName(),
                    who);
        }
        return answer;
    }
}
