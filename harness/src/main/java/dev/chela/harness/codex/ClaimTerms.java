package dev.chela.harness.codex;

import dev.chela.harness.appserver.protocol.ApprovalPolicy;
import dev.chela.harness.appserver.protocol.ApprovalsReviewer;
import dev.chela.harness.appserver.protocol.SandboxMode;
import dev.chela.harness.binding.Facts;
import dev.chela.harness.session.Claim;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the turns of a bound conversation run with, fixed when it was bound; a later change of the
 * config can only narrow its sandbox.
 *
 * @param folder absolute
 * @param model empty takes the agent's
 * @param provider empty takes that of Codex's own config
 */
public record ClaimTerms(
        Path folder, Optional<String> model, Optional<String> provider, Policy policy) {

    private static final String REVIEWER = "approvalsReviewer";

    /** Reads them from a stored claim. */
    public static ClaimTerms of(Claim claim) {
        Map<String, String> stored = claim.terms();
        return new ClaimTerms(
                Path.of(stored.getOrDefault(Facts.FOLDER, "/")),
                Optional.ofNullable(stored.get(Facts.MODEL)),
                Optional.ofNullable(stored.get(Facts.MODEL_PROVIDER)),
                new Policy(
                        new ApprovalPolicy(
                                stored.getOrDefault(Facts.APPROVALS, ApprovalPolicy.NEVER.value())),
                        ApprovalsReviewer.valueOf(
                                stored.getOrDefault(REVIEWER, ApprovalsReviewer.USER.name())),
                        SandboxMode.valueOf(
                                stored.getOrDefault(Facts.SANDBOX, SandboxMode.READ_ONLY.name()))));
    }

    /** As a claim stores them. */
    public Map<String, String> stored() {
        Map<String, String> stored = new HashMap<>();
        stored.put(Facts.FOLDER, folder.toString());
        model.ifPresent(name -> stored.put(Facts.MODEL, name));
        provider.ifPresent(name -> stored.put(Facts.MODEL_PROVIDER, name));
        stored.put(Facts.APPROVALS, policy.approval().value());
        stored.put(REVIEWER, policy.reviewer().name());
        stored.put(Facts.SANDBOX, policy.sandbox().name());
        return stored;
    }
}
