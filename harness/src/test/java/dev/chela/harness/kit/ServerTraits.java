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
 * @param rateLimitTyped a model's rate limit has a cause of its own, instead of "other"
 * @param commandsWhole a command shows all its output and ends before the answer about it
 */
public record ServerTraits(
        boolean clientIds,
        boolean steerCuts,
        boolean secondStartJoins,
        boolean rateLimitTyped,
        boolean commandsWhole) {

    /** Those of a running server. */
    public static ServerTraits of(AppServer server) {
        var isNew = server.version().isAtLeast("0.169.0");
        return new ServerTraits(isNew, isNew, isNew, isNew, isNew);
    }

    /** An answer that is still being written while it is steered. */
    public String slowly() {
        return steerCuts ? "slow 60" : "slow 3";
    }
}
