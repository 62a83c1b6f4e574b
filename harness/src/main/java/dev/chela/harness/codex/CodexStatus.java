package dev.chela.harness.codex;

import dev.chela.harness.appserver.AppServerException;
import dev.chela.harness.appserver.protocol.AccountRead;
import dev.chela.harness.appserver.protocol.McpServerStatusList;
import dev.chela.harness.appserver.protocol.ModelList;
import dev.chela.harness.appserver.protocol.RateLimitsRead;
import dev.chela.harness.appserver.protocol.SkillsList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What an app-server says of itself.
 *
 * @param version empty if it could not be reached at all
 */
public record CodexStatus(
        Optional<String> version,
        Probe<List<ModelList.Model>> models,
        Probe<AccountRead.Result> account,
        Probe<RateLimitsRead.Result> rateLimits,
        Probe<McpServerStatusList.Result> mcpServers,
        Probe<SkillsList.Result> skills) {

    static CodexStatus unreachable(AppServerException cause) {
        return new CodexStatus(
                Optional.empty(),
                new Probe.Trouble<>(cause),
                new Probe.Trouble<>(cause),
                new Probe.Trouble<>(cause),
                new Probe.Trouble<>(cause),
                new Probe.Trouble<>(cause));
    }

    /** Why nothing could be asked; empty if there was somebody to ask. */
    public Optional<AppServerException> trouble() {
        return version.isEmpty()
                        && models instanceof Probe.Trouble<List<ModelList.Model>>(var cause)
                ? Optional.of(cause)
                : Optional.empty();
    }

    /** Whether any question was answered. */
    public boolean isConnected() {
        return Stream.of(models, account, rateLimits, mcpServers, skills)
                .anyMatch(Probe.Answer.class::isInstance);
    }
}
