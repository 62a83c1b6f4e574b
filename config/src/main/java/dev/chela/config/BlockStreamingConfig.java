package dev.chela.config;

import dev.chela.config.meta.Default;
import dev.chela.config.meta.Key;
import dev.chela.config.meta.Range;
import dev.chela.config.meta.Spelled;
import java.time.Duration;
import java.util.Optional;

/** How a reply is cut into messages while it is still being written; sizes are characters. */
public record BlockStreamingConfig(
        @Key("blockStreamingDefault") @Default("'off'") OnOff byDefault,
        @Key("blockStreamingBreak") @Default("'text_end'") Break breakAt,
        @Key("blockStreamingChunk") Chunk chunk,
        @Key("blockStreamingCoalesce") Coalesce coalesce) {

    /** A switch that is written as a word. */
    public enum OnOff {
        @Spelled({"off", "false"})
        OFF,
        @Spelled({"on", "true"})
        ON
    }

    /** When a block ends. */
    public enum Break {
        @Spelled("text_end")
        TEXT_END,
        @Spelled("message_end")
        MESSAGE_END
    }

    /** Bounds of one block. */
    public record Chunk(
            @Default("800") @Range(min = 1) int minChars,
            @Default("1200") @Range(min = 1) int maxChars,
            @Default("'paragraph'") String breakPreference) {}

    /** How small blocks are gathered. */
    public record Coalesce(
            Optional<Integer> minChars,
            Optional<Integer> maxChars,
            @Key("idleMs") @Default("1000") Duration idle) {}
}
