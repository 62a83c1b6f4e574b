package dev.chela.config;

import dev.chela.config.meta.Default;
import dev.chela.config.meta.Key;
import dev.chela.config.meta.NonEmpty;
import dev.chela.config.meta.NullMeans;
import dev.chela.config.meta.Range;
import dev.chela.config.meta.ShellWords;
import dev.chela.config.meta.Spelled;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The Codex app-server: how it is started or reached, and what it may do.
 *
 * @param command absent means the managed binary
 * @param outlivesBot the managed server keeps working while the bot restarts
 */
public record AppServerConfig(
        @Default("'stdio'") Transport transport,
        Optional<String> command,
        @Default("['app-server', '--listen', 'stdio://']") @ShellWords List<String> args,
        Optional<URI> url,
        Optional<SecretInput> authToken,
        Map<String, SecretInput> headers,
        List<String> clearEnv,
        @NonEmpty Optional<String> remoteWorkspaceRoot,
        boolean outlivesBot,
        boolean codeModeOnly,
        @Key("requestTimeoutMs") @Default("60000") @Range(min = 1, max = 86_400_000)
                Duration requestTimeout,
        @Key("turnCompletionIdleTimeoutMs") @Default("60000") @Range(min = 1, max = 86_400_000)
                Duration turnCompletionIdleTimeout,
        @Key("postToolRawAssistantCompletionIdleTimeoutMs")
                @Default("300000")
                @Range(min = 1, max = 86_400_000)
                Duration postToolIdleTimeout,
        Optional<Mode> mode,
        Optional<ApprovalPolicy> approvalPolicy,
        Optional<Sandbox> sandbox,
        Optional<Reviewer> approvalsReviewer,
        Optional<Path> defaultWorkspaceDir,
        @NullMeans("none") Optional<String> serviceTier,
        NetworkProxyConfig networkProxy,
        Experimental experimental) {

    /** How the server is spoken to. */
    public enum Transport {
        STDIO,
        WEBSOCKET
    }

    /** A bundle of approval policy, sandbox and reviewer. */
    public enum Mode {
        YOLO,
        GUARDIAN
    }

    /** When Codex asks; {@code on-failure} is sent as {@code on-request}. */
    public enum ApprovalPolicy {
        NEVER,
        ON_REQUEST,
        ON_FAILURE,
        UNTRUSTED
    }

    /** What commands may touch. */
    public enum Sandbox {
        READ_ONLY,
        WORKSPACE_WRITE,
        DANGER_FULL_ACCESS
    }

    /** Who answers when Codex asks. */
    public enum Reviewer {
        USER,
        @Spelled({"auto_review", "guardian_subagent"})
        AUTO_REVIEW
    }

    /** What may go away again. */
    public record Experimental(boolean sandboxExecServer) {}
}
