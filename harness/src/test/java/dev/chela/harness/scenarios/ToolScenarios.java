package dev.chela.harness.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chela.harness.appserver.Reply;
import dev.chela.harness.appserver.protocol.ApprovalPolicy;
import dev.chela.harness.appserver.protocol.ItemStatus;
import dev.chela.harness.appserver.protocol.ServerAnswer;
import dev.chela.harness.appserver.protocol.ServerAnswer.Decision;
import dev.chela.harness.appserver.protocol.ServerNotification;
import dev.chela.harness.appserver.protocol.ServerRequest;
import dev.chela.harness.appserver.protocol.ThreadItem;
import dev.chela.harness.appserver.protocol.TurnStatus;
import dev.chela.harness.kit.Json;
import dev.chela.harness.kit.McpKitServer;
import dev.chela.harness.kit.Talk;
import dev.chela.harness.kit.TurnSeen;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Turns in which the model uses tools, its own and ours, with and without asking. */
abstract class ToolScenarios extends OnStage {

    private static final int TURNS_MAX = 300;
    private static final JsonNode RIGHTS = Json.object("features.request_permissions_tool", true);
    private static final String WANT_RIGHTS =
            "call request_permissions {\"reason\":\"of the test\","
                    + "\"permissions\":{\"network\":{\"enabled\":true}}}";

    @Test
    void aDirectToolIsCalledAndItsTextReachesTheModel() {
        var tool = Talk.tool("look_up", "Looks something up", false);
        try (var talk = Talk.begin(stage(), tool)) {
            talk.watch().answering(ToolScenarios::sunny);
            var turn = talk.say("call kit.look_up {\"city\":\"Rome\"}");

            var call = talk.watch().awaitAsked(ServerRequest.ToolCall.class);
            assertThat(call.namespace()).isEqualTo("kit");
            assertThat(call.tool()).isEqualTo("look_up");
            assertThat(call.arguments().path("city").asText()).isEqualTo("Rome");
            assertThat(turn.answer()).isEqualTo("kit.look_up answered: sunny");
            var item = turn.items(ThreadItem.DynamicToolCall.class).getFirst();
            assertThat(item.id()).isEqualTo(call.callId());
            assertThat(item.success()).isTrue();
        }
    }

    @Test
    void aDeferredToolIsFoundBySearchAndThenCalled() {
        var tool = Talk.tool("weather_report", "Reports the weather of a city", true);
        try (var talk = Talk.begin(stage(), tool)) {
            talk.watch().answering(ToolScenarios::sunny);
            var turn = talk.say("search tool weather");

            assertThat(turn.answer()).isEqualTo("kit.weather_report answered: sunny");
            assertThat(talk.watch().asked()).hasSize(1);
        }
    }

    @Test
    void aFailedToolIsFailedForUsButOnlyItsTextReachesTheModel() {
        var tool = Talk.tool("look_up", "Looks something up", false);
        try (var talk = Talk.begin(stage(), tool)) {
            talk.watch()
                    .answering(
                            _ -> Optional.of(ServerAnswer.ToolAnswer.of(false, "error: no such")));
            var turn = talk.say("call kit.look_up {\"city\":\"Rome\"}");

            assertThat(turn.items(ThreadItem.DynamicToolCall.class).getFirst().status())
                    .isEqualTo(ItemStatus.FAILED);
            assertThat(turn.answer()).endsWith("error: no such");
        }
    }

    @Test
    void twoCallsOfOneAnswerAreOpenAtOnce() {
        var tool = Talk.tool("look_up", "Looks something up", false);
        try (var talk = Talk.begin(stage(), tool)) {
            var turn = talk.start("call twice kit.look_up {\"city\":\"Rome\"}");
            var atOnce = traits().callsAtOnce() ? 2 : 1;
            for (var ended = 0; ended < 2; ended += atOnce) {
                talk.watch()
                        .endOpen(
                                atOnce,
                                reply -> reply.answer(ServerAnswer.ToolAnswer.of(true, "ok")));
            }

            assertThat(talk.watch().awaitEnd(turn).answer()).endsWith("answered: ok");
            assertThat(talk.watch().asked())
                    .extracting(asked -> ((ServerRequest.ToolCall) asked).callId())
                    .hasSize(2)
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void aToolCallAnsweredWithAnErrorFailsAndItsWordsAreLost() {
        var tool = Talk.tool("look_up", "Looks something up", false);
        try (var talk = Talk.begin(stage(), tool)) {
            var turn = talk.start("call kit.look_up {\"city\":\"Rome\"}");
            talk.watch().endOpen(1, reply -> reply.fail(Reply.NOT_SERVED, "our words"));

            assertThat(talk.watch().awaitEnd(turn).answer())
                    .contains("dynamic tool request failed")
                    .doesNotContain("our words");
        }
    }

    @Test
    void aToolNobodyRegisteredIsAnsweredByTheServer() {
        try (var talk = Talk.begin(stage())) {
            var turn = talk.say("call nobody_has_this {}");

            assertThat(turn.answer()).contains("unsupported call: nobody_has_this");
            assertThat(talk.watch().asked()).isEmpty();
        }
    }

    @Test
    void aCallWhoseArgumentsAreNoJsonIsAnsweredByTheServer() {
        var tool = Talk.tool("look_up", "Looks something up", false);
        try (var talk = Talk.begin(stage(), tool)) {
            var turn = talk.say("call kit.look_up {\"city\":");

            assertThat(turn.answer()).contains("failed to parse function arguments");
            assertThat(talk.watch().asked()).isEmpty();
        }
    }

    @Test
    void aCommandRunsAndShowsItsOutputAndExitCode() {
        try (var talk = Talk.begin(stage())) {
            var turn = talk.say("run echo one; sleep 0.2; echo two; exit 3");

            if (traits().commandsWhole()) {
                var item = turn.items(ThreadItem.CommandExecution.class).getFirst();
                assertThat(item.exitCode()).isEqualTo(3);
                assertThat(item.aggregatedOutput()).contains("one\n", "two\n");
            }
            assertThat(turn.all(ServerNotification.CommandOutputDelta.class)).isNotEmpty();
            assertThat(turn.answer()).contains("failed with code 3", "one\ntwo");
        }
    }

    @Test
    void aPatchChangesAFileOfTheWorkspace() {
        try (var talk = Talk.begin(stage())) {
            var turn = talk.say("write written.txt: words of the scenario");

            assertThat(turn.items(ThreadItem.FileChange.class)).hasSize(1);
            assertThat(stage().workspace().resolve("written.txt"))
                    .hasContent("words of the scenario\n");
        }
    }

    @Test
    void anAcceptedCommandRuns() {
        try (var talk = Talk.begin(stage(), ApprovalPolicy.UNTRUSTED)) {
            talk.watch().answering(_ -> Optional.of(decision(Decision.ACCEPT)));
            var turn = talk.say("run touch accepted");

            var asked = talk.watch().awaitAsked(ServerRequest.CommandApproval.class);
            assertThat(asked.command()).contains("touch accepted");
            assertThat(stage().workspace().resolve("accepted")).exists();
            var item = turn.items(ThreadItem.CommandExecution.class).getFirst();
            assertThat(item.id()).isEqualTo(asked.itemId());
            assertThat(item.status()).isEqualTo(ItemStatus.COMPLETED);
        }
    }

    @Test
    void aDeclinedCommandDoesNotRunAndTheTurnGoesOn() {
        try (var talk = Talk.begin(stage(), ApprovalPolicy.UNTRUSTED)) {
            talk.watch().answering(_ -> Optional.of(decision(Decision.DECLINE)));
            var turn = talk.say("run touch declined");

            assertThat(stage().workspace().resolve("declined")).doesNotExist();
            assertThat(turn.items(ThreadItem.CommandExecution.class).getFirst().status())
                    .isEqualTo(ItemStatus.DECLINED);
            assertThat(turn.status()).isEqualTo(TurnStatus.COMPLETED);
            assertThat(turn.answer()).contains("rejected by user");
        }
    }

    @Test
    void aCancelledCommandEndsTheTurn() {
        try (var talk = Talk.begin(stage(), ApprovalPolicy.UNTRUSTED)) {
            talk.watch().answering(_ -> Optional.of(decision(Decision.CANCEL)));
            var turn = talk.say("run touch cancelled");

            assertThat(turn.status()).isEqualTo(TurnStatus.INTERRUPTED);
            assertThat(stage().workspace().resolve("cancelled")).doesNotExist();
        }
    }

    @Test
    void aCommandWhoseApprovalBrokeDoesNotRunAndTheTurnGoesOn() {
        try (var talk = Talk.begin(stage(), ApprovalPolicy.UNTRUSTED)) {
            var turn = talk.start("run touch broken");
            talk.watch().endOpen(1, reply -> reply.fail(Reply.NOT_SERVED, "our words"));
            var seen = talk.watch().awaitEnd(turn);

            assertThat(stage().workspace().resolve("broken")).doesNotExist();
            assertThat(seen.items(ThreadItem.CommandExecution.class).getFirst().status())
                    .isIn(ItemStatus.FAILED, ItemStatus.DECLINED);
            assertThat(seen.status()).isEqualTo(TurnStatus.COMPLETED);
        }
    }

    @Test
    void whatWasAcceptedForTheSessionIsNotAskedAgain() {
        try (var talk = Talk.begin(stage(), ApprovalPolicy.UNTRUSTED)) {
            talk.watch().answering(_ -> Optional.of(decision(Decision.ACCEPT_FOR_SESSION)));
            talk.say("run touch again");
            talk.say("run touch again");

            assertThat(talk.watch().asked()).hasSize(1);
        }
    }

    @Test
    void anAcceptedPatchChangesTheFile() {
        try (var talk = Talk.begin(stage(), ApprovalPolicy.UNTRUSTED)) {
            talk.watch().answering(_ -> Optional.of(patchDecision(Decision.ACCEPT)));
            var turn = talk.say("write patched.txt: words that were asked about");

            var asked = talk.watch().awaitAsked(ServerRequest.FileChangeApproval.class);
            var item = turn.items(ThreadItem.FileChange.class).getFirst();
            assertThat(item.id()).isEqualTo(asked.itemId());
            assertThat(item.status()).isEqualTo(ItemStatus.COMPLETED);
            assertThat(stage().workspace().resolve("patched.txt"))
                    .hasContent("words that were asked about\n");
        }
    }

    @Test
    void aDeclinedPatchChangesNothingAndTheTurnGoesOn() {
        try (var talk = Talk.begin(stage(), ApprovalPolicy.UNTRUSTED)) {
            talk.watch().answering(_ -> Optional.of(patchDecision(Decision.DECLINE)));
            var turn = talk.say("write unpatched.txt: words nobody wants");

            talk.watch().awaitAsked(ServerRequest.FileChangeApproval.class);
            assertThat(stage().workspace().resolve("unpatched.txt")).doesNotExist();
            assertThat(turn.items(ThreadItem.FileChange.class).getFirst().status())
                    .isEqualTo(ItemStatus.DECLINED);
            assertThat(turn.status()).isEqualTo(TurnStatus.COMPLETED);
            assertThat(turn.answer()).contains("rejected by user");
        }
    }

    @Test
    void aCancelledPatchEndsTheTurn() {
        try (var talk = Talk.begin(stage(), ApprovalPolicy.UNTRUSTED)) {
            talk.watch().answering(_ -> Optional.of(patchDecision(Decision.CANCEL)));
            var turn = talk.say("write cancelled.txt: words that stop it all");

            assertThat(turn.status()).isEqualTo(TurnStatus.INTERRUPTED);
            assertThat(stage().workspace().resolve("cancelled.txt")).doesNotExist();
        }
    }

    @Test
    void aQuestionWaitsForItsAnswer() {
        try (var talk = Talk.begin(stage())) {
            talk.watch()
                    .answering(
                            request ->
                                    Optional.of(choose((ServerRequest.UserInputRequest) request)));
            var turn = talk.say("ask me Which one?");

            var asked = talk.watch().awaitAsked(ServerRequest.UserInputRequest.class);
            assertThat(asked.questions().getFirst().question()).isEqualTo("Which one?");
            assertThat(turn.answer()).startsWith("You answered:").contains("Red");
        }
    }

    @Test
    void rightsThatWereGrantedAreToldToTheModel() {
        try (var talk = Talk.begin(stage(), ApprovalPolicy.ON_REQUEST, RIGHTS)) {
            talk.watch()
                    .answering(
                            it ->
                                    Optional.of(
                                            new ServerAnswer.PermissionsGrant(
                                                    ((ServerRequest.PermissionsApproval) it)
                                                            .permissions(),
                                                    "turn")));
            var turn = talk.say(WANT_RIGHTS);

            var asked = talk.watch().awaitAsked(ServerRequest.PermissionsApproval.class);
            assertThat(asked.reason()).isEqualTo("of the test");
            assertThat(asked.permissions().at("/network/enabled").asBoolean()).isTrue();
            assertThat(turn.answer()).contains("\"enabled\":true");
        }
    }

    @Test
    void rightsThatWereRefusedAreNotGrantedAndTheTurnGoesOn() {
        try (var talk = Talk.begin(stage(), ApprovalPolicy.ON_REQUEST, RIGHTS)) {
            talk.watch().answering(_ -> Optional.of(ServerAnswer.PermissionsGrant.none()));
            var turn = talk.say(WANT_RIGHTS);

            talk.watch().awaitAsked(ServerRequest.PermissionsApproval.class);
            assertThat(turn.status()).isEqualTo(TurnStatus.COMPLETED);
            assertThat(turn.answer()).doesNotContain("\"enabled\":true");
        }
    }

    @Test
    void anAcceptedToolOfAnMcpServerRuns() {
        try (var talk = Talk.begin(stage(), ApprovalPolicy.ON_REQUEST, mcpServer())) {
            talk.watch().answering(_ -> elicited("accept"));
            var turn = wipe(talk, "accepted");

            var asked = talk.watch().awaitAsked(ServerRequest.Elicitation.class);
            assertThat(asked.serverName()).isEqualTo("kit");
            assertThat(asked.meta().path("codex_approval_kind").asText())
                    .isEqualTo("mcp_tool_call");
            assertThat(turn.items(ThreadItem.McpToolCall.class).getFirst().status())
                    .isEqualTo(ItemStatus.COMPLETED);
            assertThat(turn.answer()).contains("wiped accepted");
        }
    }

    @Test
    void aDeclinedToolOfAnMcpServerDoesNotRunAndTheTurnGoesOn() {
        try (var talk = Talk.begin(stage(), ApprovalPolicy.ON_REQUEST, mcpServer())) {
            talk.watch().answering(_ -> elicited("decline"));
            var turn = wipe(talk, "declined");

            talk.watch().awaitAsked(ServerRequest.Elicitation.class);
            assertThat(turn.items(ThreadItem.McpToolCall.class).getFirst().status())
                    .isEqualTo(ItemStatus.FAILED);
            assertThat(turn.status()).isEqualTo(TurnStatus.COMPLETED);
            assertThat(turn.answer()).doesNotContain("wiped declined");
        }
    }

    private static Optional<ServerAnswer> elicited(String action) {
        return Optional.of(new ServerAnswer.ElicitationAnswer(action, null, null));
    }

    private JsonNode mcpServer() {
        var command = McpKitServer.command(stage().workspace().resolve("wiped.log"));
        var server =
                Json.object(
                        "command",
                        command.getFirst(),
                        "args",
                        Json.arrayOf(command.subList(1, command.size())),
                        "startup_timeout_sec",
                        60);
        return Json.object("mcp_servers", Json.object("kit", server));
    }

    /** Each thread starts a server of its own, and until it is up the tool is not there. */
    private TurnSeen wipe(Talk talk, String what) {
        var namespace = traits().mcpBare() ? "mcp__kit" : "mcp__kit__";
        for (var turn = 0; turn < TURNS_MAX; turn++) {
            var seen = talk.say("call %s.wipe {\"what\":\"%s\"}".formatted(namespace, what));
            if (!seen.answer().contains("unsupported call")) {
                return seen;
            }
        }
        throw new AssertionError("the server of the kit did not start");
    }

    private static Optional<ServerAnswer> sunny(ServerRequest request) {
        return Optional.of(ServerAnswer.ToolAnswer.of(true, "sunny"));
    }

    private static ServerAnswer decision(Decision decision) {
        return ServerAnswer.CommandDecision.of(decision);
    }

    private static ServerAnswer patchDecision(Decision decision) {
        return new ServerAnswer.FileChangeDecision(decision);
    }

    private static ServerAnswer choose(ServerRequest.UserInputRequest request) {
        var question = request.questions().getFirst();
        var given = new ServerAnswer.UserInputAnswers.Given(List.of("Red"));
        return new ServerAnswer.UserInputAnswers(Map.of(question.id(), given));
    }
}
