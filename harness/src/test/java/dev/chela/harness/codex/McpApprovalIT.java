package dev.chela.harness.codex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.harness.SessionKey;
import dev.chela.harness.approval.Approval;
import dev.chela.harness.approval.ApprovalRequest;
import dev.chela.harness.approval.Choice;
import dev.chela.harness.approval.Decision;
import dev.chela.harness.appserver.protocol.ApprovalPolicy;
import dev.chela.harness.appserver.protocol.ApprovalsReviewer;
import dev.chela.harness.appserver.protocol.SandboxMode;
import dev.chela.harness.kit.HarnessStage;
import dev.chela.harness.kit.McpKitServer;
import dev.chela.harness.kit.RealCodex;
import dev.chela.harness.kit.Stage;
import dev.chela.harness.testing.ManualTimers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** The real app-server with a real MCP server behind it: who is asked, and what is never asked. */
@TestInstance(Lifecycle.PER_CLASS)
final class McpApprovalIT {

    private static final Policy ON_REQUEST =
            new Policy(
                    ApprovalPolicy.ON_REQUEST, ApprovalsReviewer.USER, SandboxMode.WORKSPACE_WRITE);
    private static final int TURNS_MAX = 100;
    private static final Duration PLUGIN_PATIENCE = Duration.ofMinutes(2);

    private final ManualTimers timers = new ManualTimers();
    private HarnessStage house;
    private Path wiped;
    private SessionKey session;

    @BeforeAll
    void raise(@TempDir Path directory) throws IOException {
        wiped = directory.resolve("wiped.log");
        Stage stage = RealCodex.stage(directory);
        Files.writeString(
                directory.resolve("codex").resolve("config.toml"),
                McpKitServer.config(wiped),
                StandardOpenOption.APPEND);
        house = new HarnessStage(stage, timers, () -> {});
        house.policy(ON_REQUEST);
    }

    @AfterAll
    void strike() throws Exception {
        house.close();
    }

    @BeforeEach
    void begin() {
        session = HarnessStage.freshSession();
        house.desk().deciding(_ -> Optional.empty());
    }

    @Test
    void anAcceptedToolRuns() throws Exception {
        deciding(Choice.ALLOW_ONCE);

        assertThat(call("wipe", "{\"what\":\"accepted\"}")).contains("wiped accepted");
        ApprovalRequest asked = last().request();
        assertThat(asked.kind()).isEqualTo(ApprovalRequest.Kind.MCP_TOOL);
        assertThat(asked.title()).isEqualTo("Use wipe of kit");
        assertThat(asked.description()).contains("what: accepted", "destroys");
        assertThat(wipes("accepted")).isEqualTo(1);
    }

    @Test
    void aDeclinedToolDoesNotRunAndTheTurnGoesOn() throws Exception {
        deciding(Choice.DENY);

        assertThat(call("wipe", "{\"what\":\"declined\"}")).doesNotContain("wiped declined");
        assertThat(last().request().description()).contains("what: declined");
        assertThat(wipes("declined")).isZero();
    }

    @Test
    void aToolThatNobodyDecidesOnDoesNotRun() throws Exception {
        house.desk()
                .deciding(
                        shown -> {
                            Thread.ofVirtual().start(() -> timers.advance(PLUGIN_PATIENCE));
                            return Optional.empty();
                        });

        assertThat(call("wipe", "{\"what\":\"ignored\"}")).doesNotContain("wiped ignored");
        assertThat(last().request().description()).contains("what: ignored");
        assertThat(wipes("ignored")).isZero();
    }

    @Test
    void allowedForTheSessionIsNotAskedAgainAndANewThreadAsksAgain() throws Exception {
        deciding(Choice.ALLOW_ALWAYS);
        int before = house.desk().shown().size();

        call("wipe", "{\"what\":\"always\"}");
        call("wipe", "{\"what\":\"always\"}");
        assertThat(house.desk().shown()).hasSize(before + 1);
        session = HarnessStage.freshSession();
        call("wipe", "{\"what\":\"always\"}");

        assertThat(house.desk().shown()).hasSize(before + 2);
        assertThat(wipes("always")).isEqualTo(3);
    }

    @Test
    void aToolThatOnlyReadsIsNotAskedAbout() {
        int before = house.desk().shown().size();

        assertThat(call("peek", "{}")).contains("peeked");

        assertThat(house.desk().shown()).hasSize(before);
    }

    @Test
    void aFormOfTheServersOwnIsDeclined() {
        int before = house.desk().shown().size();

        assertThat(call("ask", "{}")).contains("the person said decline");
        assertThat(call("pose", "{}")).contains("the person said decline");

        assertThat(house.desk().shown()).hasSize(before);
    }

    private void deciding(Choice choice) {
        house.desk().deciding(_ -> Optional.of(new Decision.Chosen(choice)));
    }

    private Approval last() {
        return house.desk().shown().getLast();
    }

    private long wipes(String what) throws IOException {
        return Files.exists(wiped)
                ? Files.readAllLines(wiped).stream().filter(what::equals).count()
                : 0;
    }

    /** Each thread starts a server of its own, and until it is up the tool is not there. */
    private String call(String tool, String arguments) {
        String answer = "";
        for (int turn = 0; turn < TURNS_MAX; turn++) {
            answer =
                    house.start(session, "call mcp__kit.%s %s".formatted(tool, arguments)).answer();
            if (!answer.contains("unsupported call")) {
                return answer;
            }
        }
        throw new AssertionError("the server of the kit did not start: " + answer);
    }
}
