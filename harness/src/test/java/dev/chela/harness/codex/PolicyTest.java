package dev.chela.harness.codex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.config.ChelaConfig;
import dev.chela.config.Live;
import dev.chela.config.testing.TestConfig;
import dev.chela.harness.appserver.protocol.ApprovalPolicy;
import dev.chela.harness.appserver.protocol.ApprovalsReviewer;
import dev.chela.harness.appserver.protocol.SandboxMode;
import dev.chela.harness.appserver.protocol.SandboxPolicy;
import dev.chela.harness.binding.ThreadSetup;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyTest {

    private static final Path FOLDER = Path.of("/w");

    @TempDir private Path directory;

    @Test
    void singleFieldsGoOverThePreset() {
        Policy policy =
                Policy.of(
                        Policy.GUARDIAN,
                        Optional.of(ApprovalPolicy.NEVER),
                        Optional.empty(),
                        Optional.of(SandboxMode.READ_ONLY));
        assertThat(policy)
                .isEqualTo(
                        new Policy(
                                ApprovalPolicy.NEVER,
                                ApprovalsReviewer.AUTO_REVIEW,
                                SandboxMode.READ_ONLY));
    }

    @Test
    void theExecModeIsAPresetThatUnsafeFieldsDoNotUndo() {
        assertThat(policy("{}")).isEqualTo(Policy.YOLO);
        assertThat(policy("{ mode: 'full' }")).isEqualTo(Policy.YOLO);
        assertThat(policy("{ mode: 'ask' }")).isEqualTo(Policy.ASKING);
        assertThat(policy("{ mode: 'ask' }", "approvalPolicy: 'never', sandbox: 'read-only'"))
                .isEqualTo(
                        new Policy(
                                ApprovalPolicy.UNTRUSTED,
                                ApprovalsReviewer.USER,
                                SandboxMode.READ_ONLY));
        assertThat(
                        policy(
                                "{ mode: 'auto' }",
                                "approvalPolicy: 'never', approvalsReviewer: 'user',"
                                        + " sandbox: 'danger-full-access'"))
                .isEqualTo(Policy.GUARDIAN);
        assertThat(policy("{ mode: 'auto' }", "sandbox: 'read-only'").sandbox())
                .isEqualTo(SandboxMode.READ_ONLY);
    }

    @Test
    void aBoundConversationAsksNobodyAndNeverGetsMoreForIt() {
        Policy boxed =
                new Policy(
                        ApprovalPolicy.ON_REQUEST,
                        ApprovalsReviewer.USER,
                        SandboxMode.WORKSPACE_WRITE);
        assertThat(boxed.restsOnAsking()).isFalse();
        assertThat(boxed.unasked().asksPeople()).isFalse();
        assertThat(boxed.unasked().sandbox()).isEqualTo(SandboxMode.WORKSPACE_WRITE);
        Policy eachCommand =
                new Policy(
                        ApprovalPolicy.UNTRUSTED,
                        ApprovalsReviewer.USER,
                        SandboxMode.WORKSPACE_WRITE);
        assertThat(eachCommand.restsOnAsking()).isTrue();
        assertThat(eachCommand.unasked()).isEqualTo(eachCommand);
        assertThat(
                        new Policy(
                                        ApprovalPolicy.ON_REQUEST,
                                        ApprovalsReviewer.USER,
                                        SandboxMode.DANGER_FULL_ACCESS)
                                .restsOnAsking())
                .isTrue();
        assertThat(Policy.GUARDIAN.unasked()).isEqualTo(Policy.GUARDIAN);
    }

    @Test
    void aConfigThatNowRestsOnAskingLetsABoundConversationOnlyRead() {
        CodexSettings usual = CodexSettings.of(FOLDER);
        ClaimTerms terms = terms(Policy.YOLO);
        assertThat(usual.ofBound(terms).policy()).isEqualTo(Policy.YOLO);
        assertThat(usual.withPolicy(Policy.GUARDIAN).ofBound(terms).policy().sandbox())
                .isEqualTo(SandboxMode.WORKSPACE_WRITE);

        CodexSettings asking = usual.withPolicy(Policy.ASKING);
        Policy onlyReading =
                new Policy(ApprovalPolicy.UNTRUSTED, ApprovalsReviewer.USER, SandboxMode.READ_ONLY);
        assertThat(asking.ofBound(terms).policy()).isEqualTo(onlyReading);
        assertThat(asking.ofBound(terms(Policy.GUARDIAN)).policy()).isEqualTo(onlyReading);
    }

    private static ClaimTerms terms(Policy policy) {
        return new ClaimTerms(FOLDER, Optional.empty(), Optional.empty(), policy);
    }

    private static Policy policy(String exec) {
        return policy(exec, "");
    }

    private static Policy policy(String exec, String server) {
        ChelaConfig config =
                TestConfig.of(
                        """
                        { tools: { exec: %s }, plugins: { entries: { codex: { enabled: true,
                          config: { appServer: { %s } } } } } }
                        """
                                .formatted(exec, server));
        return ConfiguredAgents.policy(
                config.plugins().codex().appServer(),
                config.tools().exec().mode(),
                !config.tools().deny().isEmpty());
    }

    @Test
    void withRulesForToolsPeopleAreAskedUnlessSomebodyChoseOtherwise() {
        assertThat(ruled("")).isEqualTo(asking());
        assertThat(ruled("sandbox: 'read-only'").approval()).isEqualTo(ApprovalPolicy.UNTRUSTED);
        assertThat(ruled("approvalPolicy: 'never'")).isEqualTo(Policy.YOLO);
        assertThat(ruled("mode: 'yolo'")).isEqualTo(Policy.YOLO);
        assertThat(ruled("mode: 'guardian'")).isEqualTo(Policy.GUARDIAN);
    }

    @Test
    void onlyRulesForWhatCodexRunsItselfHavePeopleAsked() {
        assertThat(settled("tools: { deny: ['Message'] }")).isEqualTo(Policy.YOLO);
        assertThat(settled("tools: { deny: ['mcp__x__*'] }")).isEqualTo(asking());
        assertThat(settled("agents: { list: [{ id: 'main', tools: { deny: ['exec'] } }] }"))
                .isEqualTo(asking());
        assertThat(settled("agents: { list: [{ id: 'main', tools: {} }] }")).isEqualTo(Policy.YOLO);
    }

    private Policy settled(String keys) {
        ChelaConfig config =
                TestConfig.of(
                        "{ %s, plugins: { entries: { codex: { enabled: true } } } }"
                                .formatted(keys));
        return new ConfiguredAgents(
                        Live.of(config.agents()),
                        Live.of(config.plugins().codex()),
                        Live.of(Optional.of(config.tools())),
                        directory,
                        agent -> ThreadSetup.none())
                .settings("main")
                .policy();
    }

    private static Policy asking() {
        return new Policy(
                ApprovalPolicy.UNTRUSTED, ApprovalsReviewer.USER, SandboxMode.DANGER_FULL_ACCESS);
    }

    private static Policy ruled(String server) {
        ChelaConfig config =
                TestConfig.of(
                        """
                        { tools: { deny: ['exec'] }, plugins: { entries: { codex: {
                          enabled: true, config: { appServer: { %s } } } } } }
                        """
                                .formatted(server));
        return ConfiguredAgents.policy(
                config.plugins().codex().appServer(), config.tools().exec().mode(), true);
    }

    @Test
    void onFailureGoesOutAsOnRequest() {
        Policy policy =
                Policy.of(
                        Policy.YOLO,
                        Optional.of(ApprovalPolicy.ON_FAILURE),
                        Optional.empty(),
                        Optional.empty());
        assertThat(policy.approval()).isEqualTo(ApprovalPolicy.ON_REQUEST);
        assertThat(policy.asksPeople()).isTrue();
        assertThat(Policy.YOLO.asksPeople()).isFalse();
        assertThat(Policy.GUARDIAN.asksPeople()).isFalse();
    }

    @Test
    void aWorkspaceSandboxWritesOnlyThereAndHasNoNetwork() {
        assertThat(Policy.GUARDIAN.turnSandbox("/w"))
                .isEqualTo(new SandboxPolicy.WorkspaceWrite(List.of("/w"), false, false, false));
        assertThat(Policy.YOLO.turnSandbox("/w")).isEqualTo(new SandboxPolicy.DangerFullAccess());
    }

    @Test
    void modelNamesLoseTheirProviderAndProfile() {
        assertThat(ModelNames.codex("openai/gpt-5.5@work")).isEqualTo("gpt-5.5");
        assertThat(ModelNames.codex("gpt-5.5")).isEqualTo("gpt-5.5");
    }
}
