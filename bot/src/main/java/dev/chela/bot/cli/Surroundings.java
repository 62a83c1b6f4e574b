package dev.chela.bot.cli;

import dev.chela.channels.http.HttpSettings;
import dev.chela.config.Secret;
import dev.chela.config.load.ConfigLoader;
import dev.chela.config.load.ConfigLocation;
import dev.chela.config.load.Environment;
import dev.chela.config.load.LoadResult;
import dev.chela.config.load.Problem;
import dev.chela.config.secret.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where a command line finds config and state. */
record Surroundings(ConfigLocation location, Environment environment) {

    static Surroundings of(Optional<Path> config, Optional<String> profile) {
        Environment environment = Environment.system();
        try {
            return new Surroundings(
                    ConfigLocation.of(new ConfigLocation.Options(config, profile), environment),
                    environment);
        } catch (IllegalArgumentException noName) {
            throw new RefusedException(String.valueOf(noName.getMessage()));
        }
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
        return usable(loader().load());
    }

    /** The config that {@code result} gave, or a refusal that lists every problem. */
    LoadResult.Loaded usable(LoadResult result) {
        return switch (result) {
            case LoadResult.Loaded loaded -> loaded;
            case LoadResult.Broken broken ->
                    throw new RefusedException(
                            problems(broken.problems())
                                    + "\nmend them, then check with: chela config validate");
        };
    }

    /** Every problem, one a line. */
    String problems(List<Problem> problems) {
        StringBuilder text =
                new StringBuilder(
                        "the config %s has %s:"
                                .formatted(
                                        location.file(),
                                        problems.size() == 1
                                                ? "a problem"
                                                : problems.size() + " problems"));
        problems.forEach(problem -> text.append("\n  ").append(problem));
        return text.toString();
    }

    /** Where the access token is kept when the config names none. */
    static Path tokenFile(Path stateDirectory) {
        return stateDirectory.resolve("web-token");
    }

    /**
     * The access token of the bot that runs here; makes none.
     *
     * @throws RefusedException if there is none, or it cannot be read
     */
    Secret token() {
        Optional<Secret> configured =
                loader().load() instanceof LoadResult.Loaded loaded
                        ? new Secrets(loaded.config().secrets(), loaded.environment())
                                .resolve(loaded.config().gateway().auth().secret())
                        : Optional.empty();
        return configured.orElseGet(() -> kept(tokenFile(location.stateDirectory())));
    }

    /** The address of this machine that the bot listens on. */
    String host() {
        return loader().load() instanceof LoadResult.Loaded loaded
                ? HttpSettings.of(loaded.config().gateway()).reachedAt()
                : "127.0.0.1";
    }

    private static Secret kept(Path file) {
        try {
            return Secret.of(Files.readString(file).strip());
        } catch (IOException unreadable) {
            throw new RefusedException(
                    "a bot runs, but its access token %s cannot be read; run this as its user"
                            .formatted(file));
        }
    }
}
