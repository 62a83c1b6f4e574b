package dev.chela.config.testing;

import dev.chela.config.ChelaConfig;
import dev.chela.config.load.ConfigLoader;
import dev.chela.config.load.ConfigLocation;
import dev.chela.config.load.Environment;
import dev.chela.config.load.LoadResult;
import java.nio.file.Path;
import java.util.Map;

/** Configs from JSON5 text, as the loader would make them from a file with that text. */
public final class TestConfig {

    private TestConfig() {}

    /** What an absent file gives. */
    public static ChelaConfig defaults() {
        return of("{}");
    }

    /** The config of {@code json5}; a broken one fails the test with every problem. */
    public static ChelaConfig of(String json5) {
        return switch (load(json5, Map.of())) {
            case LoadResult.Loaded loaded -> loaded.config();
            case LoadResult.Broken broken ->
                    throw new AssertionError("broken config: " + broken.problems());
        };
    }

    /** The result of loading {@code json5} with these variables and no others. */
    public static LoadResult load(String json5, Map<String, String> variables) {
        Path home = Path.of("/nowhere/home");
        ConfigLocation location =
                new ConfigLocation(
                        home.resolve(".chela/chela.json"),
                        home.resolve(".chela"),
                        home,
                        Path.of("/nowhere/work"));
        return new ConfigLoader(location, Environment.of(variables)).parse(json5);
    }
}
