package dev.chela.config;

import dev.chela.config.meta.Default;
import java.util.List;
import java.util.Optional;

/** Where prompts for approval are shown besides the chat they came from. */
public record ApprovalsConfig(Optional<Forward> exec, Optional<Forward> plugin) {

    /** One kind of approval. */
    public record Forward(
            boolean enabled,
            @Default("'session'") Mode mode,
            List<String> agentFilter,
            List<String> sessionFilter,
            List<Target> targets) {}

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
