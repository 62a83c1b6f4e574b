package dev.chela.harness.kit;

import dev.chela.harness.appserver.AppServer;

/**
 * In what an old app-server differs where a scenario sees it; docs/CODEX-VERSIONS.md has the whole
 * list.
 *
 * @param clientIds user messages carry the client's name for them
 * @param steerCuts a steer throws the answer away that is being written, instead of waiting for it
 * @param secondStartJoins a second {@code turn/start} answers the running turn's id, instead of one
 *     that never ends
 * @param causesTyped a model's rate limit, and HTTP status 401 and 503, have causes of their own,
 *     instead of "other"
 * @param commandsWhole a command shows all its output and ends before the answer about it
 * @param callsAtOnce the tool calls of one answer are open together, instead of one by one
 * @param reviewsAlone a {@code turn/start} during a review is refused
 * @param mcpBare an MCP server's tools are in the namespace {@code mcp__NAME}, instead of {@code
 *     mcp__NAME__}
 */
public record ServerTraits(
        boolean clientIds,
        boolean steerCuts,
        boolean secondStartJoins,
        boolean causesTyped,
        boolean commandsWhole,
        boolean callsAtOnce,
        boolean reviewsAlone,
        boolean mcpBare) {

    /** Those of a running server. */
    public static ServerTraits of(AppServer server) {
        var isNew = server.version().isAtLeast("0.169.0");
        return new ServerTraits(isNew, isNew, isNew, isNew, isNew, isNew, isNew, isNew);
    }

    /** An answer that is still being written while it is steered. */
    public String slowly() {
        return steerCuts ? "slow 60" : "slow 3";
    }
}
