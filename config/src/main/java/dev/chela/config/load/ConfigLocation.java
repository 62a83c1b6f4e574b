package dev.chela.config.load;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where the config file and the state directory are.
 *
 * <p>The file: {@code --config}, else {@code CHELA_CONFIG_PATH}, else {@code chela.json} in the
 * state directory. The directory: {@code CHELA_STATE_DIR}, else {@code ~/.chela}, or {@code
 * ~/.chela-<profile>}; the profile is {@code --profile}, else {@code CHELA_PROFILE}.
 */
public record ConfigLocation(Path file, Path stateDirectory, Path home, Path workingDirectory) {

    private static final Pattern LOADERS =
            Pattern.compile(
                    "LD_.*|DYLD_.*|JAVA_TOOL_OPTIONS|_JAVA_OPTIONS|NODE_OPTIONS|BASH_ENV"
                            + "|PATH|HOME");

    /** The working directory may be somebody else's: it does not configure Chela either. */
    private static final Pattern FOREIGN =
            Pattern.compile(LOADERS.pattern() + "|CHELA_.*|OPENCLAW_.*");

    private static final Pattern PROFILE = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");

    /** What was said on the command line. */
    public record Options(Optional<Path> config, Optional<String> profile) {

        public static Options none() {
            return new Options(Optional.empty(), Optional.empty());
        }
    }

    /**
     * Finds both.
     *
     * @param home the user's home; {@code CHELA_HOME} wins over it
     * @throws IllegalArgumentException if the profile's name is not one
     */
    public static ConfigLocation of(
            Options options, Environment environment, Path home, Path workingDirectory) {
        Path base = environment.get("CHELA_HOME").map(workingDirectory::resolve).orElse(home);
        PathBase paths = new PathBase(base, workingDirectory);
        Path state =
                environment
                        .get("CHELA_STATE_DIR")
                        .map(paths::resolve)
                        .orElseGet(() -> base.resolve(directoryName(options, environment)));
        Path file =
                options.config()
                        .or(() -> environment.get("CHELA_CONFIG_PATH").map(Path::of))
                        .map(written -> paths.resolve(written.toString()))
                        .orElseGet(() -> state.resolve("chela.json"));
        return new ConfigLocation(
                file.toAbsolutePath().normalize(),
                state.toAbsolutePath().normalize(),
                base,
                workingDirectory);
    }

    /** For the process that runs: its home and working directory. */
    public static ConfigLocation of(Options options, Environment environment) {
        return of(
                options,
                environment,
                Path.of(System.getProperty("user.home")),
                Path.of("").toAbsolutePath());
    }

    private static String directoryName(Options options, Environment environment) {
        Optional<String> profile = options.profile().or(() -> environment.get("CHELA_PROFILE"));
        if (profile.isEmpty() || profile.get().equals("default")) {
            return ".chela";
        }
        if (!PROFILE.matcher(profile.get()).matches()) {
            throw new IllegalArgumentException(
                    "profile \"" + profile.get() + "\" is not a name (a-z, 0-9, _ and -)");
        }
        return ".chela-" + profile.get();
    }

    /** Where the file is; includes must be in it or below. */
    public Path directory() {
        Path parent = file.getParent();
        return parent == null ? file : parent;
    }

    /** The environment with the {@code .env} files of the working and state directories. */
    public Environment withDotEnv(Environment environment) {
        return environment
                .filledWith(harmless(DotEnv.read(workingDirectory.resolve(".env")), FOREIGN))
                .filledWith(harmless(DotEnv.read(stateDirectory.resolve(".env")), LOADERS));
    }

    /** Without the names that choose programs or load code: a file must not decide what runs. */
    private static Map<String, String> harmless(Map<String, String> variables, Pattern dangerous) {
        return variables.entrySet().stream()
                .filter(one -> !dangerous.matcher(one.getKey()).matches())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
