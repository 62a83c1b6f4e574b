package dev.chela.harness.appserver.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One run of a native hook.
 *
 * @param eventName {@code preToolUse}, {@code stop}, …
 * @param status {@code running}, {@code completed}, {@code blocked}, {@code failed}, {@code
 *     stopped}
 */
public record HookRun(
        String id,
        String eventName,
        String status,
        @Nullable String source,
        @Nullable Long durationMs,
        List<Entry> entries) {

    public HookRun {
        entries = Copies.of(entries);
    }

    /** A line that the hook left; foreign text. */
    public record Entry(String kind, String text) {}
}
