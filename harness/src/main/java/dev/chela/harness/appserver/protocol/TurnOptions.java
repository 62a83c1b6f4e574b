package dev.chela.harness.appserver.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a turn runs with; model, policy, sandbox and tier go out on every turn, because a loaded
 * thread takes changes from nowhere else.
 *
 * @param collaborationMode sticky, and its model overrides {@code model}; needs the experimental
 *     API
 * @param additionalContext extra developer messages of this turn; unknown to 0.125
 * @param outputSchema JSON Schema the answer must fit, for this turn only
 */
public record TurnOptions(
        @Nullable String model,
        @Nullable String effort,
        @Nullable String summary,
        @Nullable String cwd,
        @Nullable ApprovalPolicy approvalPolicy,
        @Nullable ApprovalsReviewer approvalsReviewer,
        @Nullable SandboxPolicy sandboxPolicy,
        @Nullable String permissions,
        @Nullable String serviceTier,
        @Nullable Personality personality,
        @Nullable CollaborationMode collaborationMode,
        @Nullable Map<String, Context> additionalContext,
        @Nullable JsonNode outputSchema) {

    /**
     * A developer message that goes before the user's.
     *
     * @param kind {@code application} or {@code untrusted}
     */
    public record Context(String value, String kind) {}

    /** Everything left to the thread. */
    public static TurnOptions none() {
        return builder().build();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Collects the members that are set. */
    public static final class Builder {

        private @Nullable String model;
        private @Nullable String effort;
        private @Nullable String summary;
        private @Nullable String cwd;
        private @Nullable ApprovalPolicy approvalPolicy;
        private @Nullable ApprovalsReviewer approvalsReviewer;
        private @Nullable SandboxPolicy sandboxPolicy;
        private @Nullable String permissions;
        private @Nullable String serviceTier;
        private @Nullable Personality personality;
        private @Nullable CollaborationMode collaborationMode;
        private @Nullable Map<String, Context> additionalContext;
        private @Nullable JsonNode outputSchema;

        private Builder() {}

        public Builder model(@Nullable String value) {
            model = value;
            return this;
        }

        public Builder effort(@Nullable String value) {
            effort = value;
            return this;
        }

        public Builder summary(@Nullable String value) {
            summary = value;
            return this;
        }

        public Builder cwd(@Nullable String value) {
            cwd = value;
            return this;
        }

        public Builder approvalPolicy(@Nullable ApprovalPolicy value) {
            approvalPolicy = value;
            return this;
        }

        public Builder approvalsReviewer(@Nullable ApprovalsReviewer value) {
            approvalsReviewer = value;
            return this;
        }

        public Builder sandboxPolicy(@Nullable SandboxPolicy value) {
            sandboxPolicy = value;
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

        public Builder personality(@Nullable Personality value) {
            personality = value;
            return this;
        }

        public Builder collaborationMode(@Nullable CollaborationMode value) {
            collaborationMode = value;
            return this;
        }

        public Builder additionalContext(@Nullable Map<String, Context> value) {
            additionalContext = value;
            return this;
        }

        public Builder outputSchema(@Nullable JsonNode value) {
            outputSchema = value;
            return this;
        }

        public TurnOptions build() {
            return new TurnOptions(
                    model,
                    effort,
                    summary,
                    cwd,
                    approvalPolicy,
                    approvalsReviewer,
                    sandboxPolicy,
                    permissions,
                    serviceTier,
                    personality,
                    collaborationMode,
                    additionalContext,
                    outputSchema);
        }
    }
}
