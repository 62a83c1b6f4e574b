package dev.chela.config;

import dev.chela.config.meta.Default;
import dev.chela.config.meta.Key;
import dev.chela.config.meta.Range;
import java.time.Duration;
import java.util.Map;

/** What happens to messages that arrive while a turn runs. */
public record QueueConfig(
        @Default("'steer'") QueueMode mode,
        @Key("debounceMs") @Default("500") @Range(max = 600_000) Duration debounce,
        @Default("20") @Range(min = 1, max = 10_000) int cap,
        @Default("'summarize'") Drop drop,
        Map<String, QueueMode> byChannel,
        @Key("debounceMsByChannel") @Range(max = 600_000) Map<String, Duration> debounceByChannel) {

    /** Which message gives way when the queue is full. */
    public enum Drop {
        SUMMARIZE,
        OLD,
        NEW
    }
}
