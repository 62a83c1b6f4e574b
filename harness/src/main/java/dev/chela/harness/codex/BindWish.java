package dev.chela.harness.codex;

import dev.chela.harness.ThreadId;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a conversation is to be bound to; what is empty comes from the thread, or from the agent for
 * a new one.
 *
 * @param thread empty starts one
 * @param folder absolute, and there
 */
public record BindWish(
        Optional<ThreadId> thread,
        Optional<Path> folder,
        Optional<String> model,
        Optional<String> provider) {

    /** That thread, with all that it has. */
    static BindWish asItIs(ThreadId thread) {
        return new BindWish(
                Optional.of(thread), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
