package dev.chela.harness.codex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.harness.SessionKey;
import dev.chela.harness.TurnOutcome;
import dev.chela.harness.approval.ApprovalRequest;
import dev.chela.harness.approval.Choice;
import dev.chela.harness.approval.Decision;
import dev.chela.harness.appserver.protocol.ApprovalPolicy;
import dev.chela.harness.appserver.protocol.ApprovalsReviewer;
import dev.chela.harness.appserver.protocol.SandboxMode;
import dev.chela.harness.kit.HarnessStage;
import dev.chela.harness.kit.RealCodex;
import dev.chela.harness.kit.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** The model of a real app-server asks for more rights. */
@TestInstance(Lifecycle.PER_CLASS)
final class RightsIT {

    private HarnessStage house;
    private SessionKey session;

    @BeforeAll
    void raise(@TempDir Path directory) throws IOException {
        Stage stage = RealCodex.stage(directory);
        // The config ends in its table of features.
        Files.writeString(
                directory.resolve("codex").resolve("config.toml"),
                "request_permissions_tool = true\n",
                StandardOpenOption.APPEND);
        house = new HarnessStage(stage);
        house.policy(
                new Policy(
                        ApprovalPolicy.ON_REQUEST,
                        ApprovalsReviewer.USER,
                        SandboxMode.WORKSPACE_WRITE));
    }

    @AfterAll
    void strike() throws Exception {
        house.close();
    }

    @BeforeEach
    void begin() {
        session = HarnessStage.freshSession();
    }

    @Test
    void rightsAreGrantedForATurnOrForTheSessionOrNotAtAll() throws Exception {
        deciding(Choice.DENY);
        String denied = ask();
        assertThat(shown()).isEqualTo(1);
        ApprovalRequest asked = house.desk().shown().getLast().request();
        assertThat(asked.kind()).isEqualTo(ApprovalRequest.Kind.PERMISSIONS);
        assertThat(asked.description()).contains("network.enabled: true", "because of the test");

        deciding(Choice.ALLOW_ONCE);
        String once = ask();
        assertThat(shown()).isEqualTo(2);
        assertThat(once).contains("\"turn\"").isNotEqualTo(denied);

        deciding(Choice.ALLOW_ALWAYS);
        assertThat(ask()).contains("\"session\"");
        assertThat(shown()).isEqualTo(3);
        assertThat(ask()).contains("\"session\"");
        assertThat(shown()).as("remembered").isEqualTo(3);

        house.harness().forget(session);
        ask();
        assertThat(shown()).as("asked again in a new session").isEqualTo(4);
    }

    private void deciding(Choice choice) {
        house.desk().deciding(_ -> Optional.of(new Decision.Chosen(choice)));
    }

    private int shown() {
        return house.desk().shown().size();
    }

    private String ask() throws Exception {
        var turn =
                house.start(
                        session,
                        "call request_permissions {\"reason\":\"of the test\","
                                + "\"permissions\":{\"network\":{\"enabled\":true}}}");
        return ((TurnOutcome.Completed) turn.outcome()).text().orElse("");
    }
}
