package dev.chela.harness.appserver.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * What starting, resuming and forking a thread have in common. Left out means the server's default:
 * ask on request, read-only sandbox. A thread that is already loaded ignores all of it.
 *
 * @param config a patch of the server's config; not part of the thread, so it goes with every
 *     resume
 */
public record ThreadOptions(
        @Nullable String cwd,
        @Nullable String model,
        @Nullable String modelProvider,
        @Nullable ApprovalPolicy approvalPolicy,
        @Nullable ApprovalsReviewer approvalsReviewer,
        @Nullable SandboxMode sandbox,
        @Nullable String permissions,
        @Nullable String serviceTier,
        @Nullable String baseInstructions,
        @Nullable String developerInstructions,
        @Nullable JsonNode config) {

    /** Everything left to the server. */
    public static ThreadOptions none() {
        return builder().build();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Collects the members that are set. */
    public static final class Builder {

        private @Nullable String cwd;
        private @Nullable String model;
        private @Nullable String modelProvider;
        private @Nullable ApprovalPolicy approvalPolicy;
        private @Nullable ApprovalsReviewer approvalsReviewer;
        private @Nullable SandboxMode sandbox;
        private @Nullable String permissions;
        private @Nullable String serviceTier;
        private @Nullable String baseInstructions;
        private @Nullable String developerInstructions;
        private @Nullable JsonNode config;

        private Builder() {}

        public Builder cwd(String value) {
            cwd = value;
            return this;
        }

        public Builder model(@Nullable String value) {
            model = value;
            return this;
        }

        public Builder modelProvider(@Nullable String value) {
            modelProvider = value;
            return this;
        }

        public Builder approvalPolicy(ApprovalPolicy value) {
            approvalPolicy = value;
            return this;
        }

        public Builder approvalsReviewer(@Nullable ApprovalsReviewer value) {
            approvalsReviewer = value;
            return this;
        }

        public Builder sandbox(@Nullable SandboxMode value) {
            sandbox = value;
            return this;
        }

        public Builder permissions(@Nullable String value) {
            permissions = value;
            return this;
        }

        public Builder serviceTier(@Nullable String value) {
            serviceTier = value;
            return this;
        }

        public Builder baseInstructions(@Nullable String value) {
            baseInstructions = value;
            return this;
        }

        public Builder developerInstructions(@Nullable String value) {
            developerInstructions = value;
            return this;
        }

        public Builder config(@Nullable JsonNode value) {
            config = value;
            return this;
        }

        public ThreadOptions build() {
            return new ThreadOptions(
                    cwd,
                    model,
                    modelProvider,
                    approvalPolicy,
                    approvalsReviewer,
                    sandbox,
                    permissions,
                    serviceTier,
                    baseInstructions,
                    developerInstructions,
                    config);
        }
    }
}
