package dev.chela.harness.codex;

import dev.chela.harness.appserver.protocol.ApprovalPolicy;
import dev.chela.harness.appserver.protocol.ApprovalsReviewer;
import dev.chela.harness.appserver.protocol.SandboxMode;
import dev.chela.harness.appserver.protocol.SandboxPolicy;
import java.util.List;
import java.util.Optional;

/** What a turn may do without asking, who is asked, and inside which sandbox. */
public record Policy(ApprovalPolicy approval, ApprovalsReviewer reviewer, SandboxMode sandbox) {

    /** The default of a bot on its owner's machine: asks nothing, may do everything. */
    public static final Policy YOLO =
            new Policy(
                    ApprovalPolicy.NEVER, ApprovalsReviewer.USER, SandboxMode.DANGER_FULL_ACCESS);

    /** Asks on request, Codex's own reviewer decides, writes stay in the workspace. */
    public static final Policy GUARDIAN =
            new Policy(
                    ApprovalPolicy.ON_REQUEST,
                    ApprovalsReviewer.AUTO_REVIEW,
                    SandboxMode.WORKSPACE_WRITE);

    /** Asks a person about every command, writes stay in the workspace. */
    public static final Policy ASKING =
            new Policy(
                    ApprovalPolicy.UNTRUSTED, ApprovalsReviewer.USER, SandboxMode.WORKSPACE_WRITE);

    /**
     * A preset with single fields put over it. {@code on-failure}, which newer servers refuse, goes
     * out as {@code on-request}.
     */
    public static Policy of(
            Policy preset,
            Optional<ApprovalPolicy> approval,
            Optional<ApprovalsReviewer> reviewer,
            Optional<SandboxMode> sandbox) {
        ApprovalPolicy asked = approval.orElse(preset.approval());
        return new Policy(
                asked.equals(ApprovalPolicy.ON_FAILURE) ? ApprovalPolicy.ON_REQUEST : asked,
                reviewer.orElse(preset.reviewer()),
                sandbox.orElse(preset.sandbox()));
    }

    /** Whether a person may be asked during a turn. */
    public boolean asksPeople() {
        return !approval.equals(ApprovalPolicy.NEVER) && reviewer == ApprovalsReviewer.USER;
    }

    /** Whether it would allow more if it did not ask: then it cannot go on without asking. */
    public boolean restsOnAsking() {
        return asksPeople()
                && (approval.equals(ApprovalPolicy.UNTRUSTED)
                        || sandbox == SandboxMode.DANGER_FULL_ACCESS);
    }

    /** The same without asking, where that allows nothing more: what the sandbox forbids fails. */
    Policy unasked() {
        return asksPeople() && !restsOnAsking()
                ? new Policy(ApprovalPolicy.NEVER, reviewer, sandbox)
                : this;
    }

    /**
     * As a side question has it: it reads, and what it would ask for is asked of the client, who
     * declines: also what tools of MCP servers may do, which {@code never} leaves to the sandbox.
     */
    Policy aside() {
        return new Policy(
                approval.equals(ApprovalPolicy.UNTRUSTED) ? approval : ApprovalPolicy.ON_REQUEST,
                ApprovalsReviewer.USER,
                SandboxMode.READ_ONLY);
    }

    /** The same in a sandbox no wider than {@code limit}. */
    Policy within(SandboxMode limit) {
        return width(limit) < width(sandbox) ? new Policy(approval, reviewer, limit) : this;
    }

    private static int width(SandboxMode mode) {
        return switch (mode) {
            case READ_ONLY, UNKNOWN -> 0;
            case WORKSPACE_WRITE -> 1;
            case DANGER_FULL_ACCESS -> 2;
        };
    }

    /** The sandbox as a turn takes it: no network, and writes only below {@code folder}. */
    SandboxPolicy turnSandbox(String folder) {
        return switch (sandbox) {
            case DANGER_FULL_ACCESS -> new SandboxPolicy.DangerFullAccess();
            case WORKSPACE_WRITE ->
                    new SandboxPolicy.WorkspaceWrite(List.of(folder), false, false, false);
            case READ_ONLY, UNKNOWN -> new SandboxPolicy.ReadOnly(false);
        };
    }
}
