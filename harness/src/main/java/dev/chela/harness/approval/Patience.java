package dev.chela.harness.approval;

import java.time.Duration;

/**
 * How long people may take before silence is a denial (harness §5 row 12, §9). What runs on this
 * machine waits long, since Codex waits without limit and people walk away from their desks.
 *
 * @param exec commands, patches and rights
 * @param plugin tools of MCP servers, and chat commands that ask back
 * @param question questions; silence leaves them unanswered
 */
public record Patience(Duration exec, Duration plugin, Duration question) {

    /** What holds where the config says nothing. */
    public static Patience standard() {
        return new Patience(Duration.ofMinutes(30), Duration.ofMinutes(2), Duration.ofMinutes(30));
    }

    Duration of(ApprovalRequest.Kind kind) {
        return switch (kind) {
            case COMMAND, FILE_CHANGE, PERMISSIONS -> exec;
            case MCP_TOOL, CHAT_COMMAND -> plugin;
            case QUESTION -> question;
        };
    }
}
