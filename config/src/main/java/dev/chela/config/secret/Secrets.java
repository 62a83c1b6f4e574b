package dev.chela.config.secret;

import dev.chela.config.Secret;
import dev.chela.config.SecretInput;
import dev.chela.config.SecretSource;
import dev.chela.config.SecretsConfig;
import dev.chela.config.load.Environment;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A snapshot of the secrets of one configuration: each reference is looked up when it is first
 * asked for, and then kept until the configuration is replaced.
 *
 * <p>Looking up a reference may read a file or run a command (at most the provider's timeout); it
 * is not for threads that must not wait.
 */
public final class Secrets {

    private static final String DEFAULT = "default";

    private final SecretsConfig config;
    private final Environment environment;
    private final Consumer<Secret> learned;
    private final Map<SecretInput.Ref, SecretAnswer> answers = new ConcurrentHashMap<>();

    public Secrets(SecretsConfig config, Environment environment) {
        this(config, environment, secret -> {});
    }

    /**
     * A snapshot that tells what it finds.
     *
     * @param learned is told every secret before whoever asked for it, so that it can be hidden
     */
    public Secrets(SecretsConfig config, Environment environment, Consumer<Secret> learned) {
        this.config = config;
        this.environment = environment;
        this.learned = learned;
    }

    /** A secret that was found elsewhere, in a file of its own or in a variable. */
    public Secret known(Secret secret) {
        learned.accept(secret);
        return secret;
    }

    public SecretAnswer resolve(SecretInput input) {
        return switch (input) {
            case SecretInput.Literal literal -> new SecretAnswer.Available(literal.value());
            case SecretInput.Ref reference -> answers.computeIfAbsent(reference, this::look);
        };
    }

    /** The secret, or nothing if it is absent or cannot be found. */
    public Optional<Secret> resolve(Optional<SecretInput> input) {
        return input.map(this::resolve).flatMap(SecretAnswer::secret);
    }

    /** Every referenced secret that was found so far, for redaction. */
    public Set<Secret> found() {
        return answers.values().stream()
                .flatMap(answer -> answer.secret().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private SecretAnswer look(SecretInput.Ref reference) {
        SecretAnswer answer = find(reference);
        answer.secret().ifPresent(learned);
        return answer;
    }

    private SecretAnswer find(SecretInput.Ref reference) {
        Optional<SecretsConfig.Provider> provider =
                Optional.ofNullable(config.providers().get(reference.provider()));
        if (provider.isEmpty()) {
            boolean plainVariable =
                    reference.source() == SecretSource.ENV && reference.provider().equals(DEFAULT);
            return plainVariable ? variable(reference.id()) : unknown(reference);
        }
        if (provider.get().source() != reference.source()) {
            return new SecretAnswer.Unavailable(
                    "secrets.providers."
                            + reference.provider()
                            + " is no "
                            + reference.source().name().toLowerCase(java.util.Locale.ROOT)
                            + " provider");
        }
        return switch (reference.source()) {
            case ENV -> allowedVariable(provider.get(), reference.id());
            case FILE -> FileProvider.read(provider.get(), reference.id());
            case EXEC ->
                    new ExecProvider(environment)
                            .read(reference.provider(), provider.get(), reference.id());
        };
    }

    private static SecretAnswer unknown(SecretInput.Ref reference) {
        return new SecretAnswer.Unavailable(
                "there is no secrets.providers." + reference.provider());
    }

    private SecretAnswer allowedVariable(SecretsConfig.Provider provider, String name) {
        if (!provider.allowlist().isEmpty() && !provider.allowlist().contains(name)) {
            return new SecretAnswer.Unavailable(
                    "the variable " + name + " is not in the provider's allowlist");
        }
        return variable(name);
    }

    private SecretAnswer variable(String name) {
        return environment
                .get(name)
                .<SecretAnswer>map(value -> new SecretAnswer.Available(Secret.of(value)))
                .orElseGet(
                        () ->
                                new SecretAnswer.Unavailable(
                                        "the variable " + name + " is not set or empty"));
    }
}
