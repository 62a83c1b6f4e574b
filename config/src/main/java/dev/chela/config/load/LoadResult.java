package dev.chela.config.load;

import dev.chela.config.ChelaConfig;
import dev.chela.config.Secret;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** What came of loading a config. */
public sealed interface LoadResult {

    /**
     * A config that can be used.
     *
     * @param warnings what a person should know of
     * @param hash of the main file's text; {@code absent} if there is none
     * @param files every file that was read, the main one first
     * @param secrets the secrets that stand in the files, for redaction
     * @param environment the variables, with those that the config's {@code env} added
     */
    record Loaded(
            ChelaConfig config,
            List<Problem> warnings,
            String hash,
            List<Path> files,
            Environment environment,
            Set<Secret> secrets)
            implements LoadResult {

        public Loaded {
            warnings = List.copyOf(warnings);
            files = List.copyOf(files);
            secrets = Set.copyOf(secrets);
        }
    }

    /** A config that must not be used; every problem at once. */
    record Broken(List<Problem> problems, String hash) implements LoadResult {

        public Broken {
            problems = List.copyOf(problems);
        }
    }
}
