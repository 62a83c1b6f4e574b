package dev.chela.harness.appserver.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** A thread was started, resumed or forked, and runs with this. */
public record ThreadOpened(
        CodexThread thread,
        String model,
        String modelProvider,
        @Nullable String serviceTier,
        @Nullable String cwd,
        @Nullable ApprovalPolicy approvalPolicy,
        @Nullable ApprovalsReviewer approvalsReviewer,
        @Nullable SandboxPolicy sandbox,
        @Nullable String reasoningEffort,
        @Nullable JsonNode instructionSources) {}
