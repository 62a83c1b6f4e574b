package dev.chela.config;

import dev.chela.config.meta.Default;
import dev.chela.config.meta.Key;
import dev.chela.config.meta.Range;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What tools an agent has. */
public record ToolsConfig(
        Exec exec,
        Optional<String> profile,
        Optional<List<String>> allow,
        List<String> deny,
        Elevated elevated,
        Web web,
        Media media,
        Message message) {

    /** The tools that nobody may use. */
    public ToolNames denied() {
        return new ToolNames(deny);
    }

    /** Running commands. */
    public record Exec(
            @Default("'auto'") Host host,
            Optional<Mode> mode,
            @Default("'full'") Security security,
            @Default("'off'") Ask ask,
            @Key("timeoutSec") @Range(min = 1) Optional<Duration> timeout,
            List<String> safeBins,
            boolean strictInlineEval) {}

    /** Where commands run. */
    public enum Host {
        AUTO,
        SANDBOX,
        GATEWAY,
        NODE
    }

    /** How commands are let through. */
    public enum Mode {
        DENY,
        ALLOWLIST,
        ASK,
        AUTO,
        FULL
    }

    /** Which commands may run at all. */
    public enum Security {
        DENY,
        ALLOWLIST,
        FULL
    }

    /** When a person is asked. */
    public enum Ask {
        OFF,
        ON_MISS,
        ALWAYS
    }

    /** Who may leave the sandbox. */
    public record Elevated(@Default("true") boolean enabled, Map<String, List<String>> allowFrom) {}

    /** Reading the web. */
    public record Web(Map<String, Object> search, Map<String, Object> fetch) {}

    /** Understanding what is attached. */
    public record Media(MediaKind image, MediaKind audio, MediaKind video) {}

    /** One kind of attachment. */
    public record MediaKind(
            Optional<Boolean> enabled,
            @Key("timeoutSeconds") @Default("60") @Range(min = 1, max = 3600) Duration timeout,
            Optional<Long> maxBytes,
            Optional<String> model) {}

    /** The message tool. */
    public record Message(boolean allowCrossContextSend, CrossContext crossContext) {}

    /** Whether one conversation may send to another. */
    public record CrossContext(
            @Default("true") boolean allowWithinProvider, boolean allowAcrossProviders) {}
}
