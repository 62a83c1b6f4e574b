package dev.chela.bot.cli;

import dev.chela.config.load.ConfigLoader;
import dev.chela.config.load.ConfigLocation;
import dev.chela.config.load.Environment;
import dev.chela.config.load.LoadResult;
import dev.chela.config.load.Problem;
import java.nio.file.Path;
import java.util.Optional;

/** Where a command line finds config and state. */
record Surroundings(ConfigLocation location, Environment environment) {

    static Surroundings of(Optional<Path> config, Optional<String> profile) {
        Environment environment = Environment.system();
        return new Surroundings(
                ConfigLocation.of(new ConfigLocation.Options(config, profile), environment),
                environment);
    }

    ConfigLoader loader() {
        return new ConfigLoader(location, environment);
    }

    /**
     * The config.
     *
     * @throws RefusedException with every problem, if it must not be used
     */
    LoadResult.Loaded load() {
        return switch (loader().load()) {
            case LoadResult.Loaded loaded -> loaded;
            case LoadResult.Broken broken -> {
                StringBuilder text =
                        new StringBuilder("the config ")
                                .append(location.file())
                                .append(" has %d problem(s):".formatted(broken.problems().size()));
                for (Problem problem : broken.problems()) {
                    text.append("\n  ").append(problem);
                }
                text.append("\nmend them, then run: chela config validate");
                throw new RefusedException(text.toString());
            }
        };
    }
}
