package dev.chela.config;

import dev.chela.config.meta.Default;
import dev.chela.config.meta.Key;
import dev.chela.config.meta.Range;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Where prompts for approval are shown besides the chat they came from. */
public record ApprovalsConfig(Optional<Forward> exec, Optional<Forward> plugin) {

    /**
     * One kind of approval.
     *
     * @param timeout how long it may wait for a decision; absent means 30 min for {@code exec} and
     *     2 min for {@code plugin}
     */
    public record Forward(
            boolean enabled,
            @Default("'session'") Mode mode,
            List<String> agentFilter,
            List<String> sessionFilter,
            List<Target> targets,
            @Key("timeoutSeconds") @Range(min = 10, max = 86_400) Optional<Duration> timeout) {}

    /** Which chats see the prompt. */
    public enum Mode {
        SESSION,
        TARGETS,
        BOTH
    }

    /** Another chat. */
    public record Target(
            String channel, String to, Optional<String> accountId, Optional<String> threadId) {}
}
