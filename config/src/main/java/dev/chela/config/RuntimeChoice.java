package dev.chela.config;

import dev.chela.config.meta.Retired;
import dev.chela.config.meta.Shorthand;
import dev.chela.config.meta.Spelled;
import java.util.Optional;

/** Which program runs the turns of a model or agent. */
@Shorthand("id")
public record RuntimeChoice(
        Optional<Runtime> id,
        @Retired("fallbacks between runtimes do not exist") Optional<String> fallback) {

    /** {@code auto} lets the model's provider decide. */
    public enum Runtime {
        CODEX,
        @Spelled({"builtin", "pi"})
        BUILTIN,
        AUTO
    }
}
