package dev.chela.harness.codex;

import dev.chela.harness.kit.RealCodex;
import dev.chela.harness.kit.Stage;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

/** Rules for Codex's own tools on the oldest app-server that Chela talks to. */
@Tag("soak")
final class OldestHooksIT extends HookScenarios {

    @Override
    Stage build(Path directory) throws IOException {
        return RealCodex.oldest(directory);
    }

    @Override
    String mcpNamespace() {
        return "mcp__kit__";
    }
}
