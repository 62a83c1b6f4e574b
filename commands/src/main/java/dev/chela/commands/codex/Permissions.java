package dev.chela.commands.codex;

import dev.chela.harness.appserver.protocol.ApprovalPolicy;
import dev.chela.harness.appserver.protocol.SandboxMode;
import dev.chela.harness.codex.Policy;
import java.util.Locale;

/** What a thread may do, in words. */
final class Permissions {

    private Permissions() {}

    static String of(Policy policy) {
        String sandbox = policy.sandbox().name().toLowerCase(Locale.ROOT).replace('_', '-');
        return policy.approval().equals(ApprovalPolicy.NEVER)
                        && policy.sandbox() == SandboxMode.DANGER_FULL_ACCESS
                ? "full access"
                : "approvals %s, sandbox %s".formatted(policy.approval().value(), sandbox);
    }
}
