package dev.chela.bot.web;

import dev.chela.config.Secret;
import dev.chela.harness.auth.DeviceCode;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** Signs the default agent's app-server in. */
@FunctionalInterface
public interface SignInDesk {

    /** How long a person has to type the code; Codex's codes live as long. */
    Duration PATIENCE = Duration.ofMinutes(15);

    /**
     * Signs in; blocks until it is done.
     *
     * @param key a Platform key; empty signs in with a code that a person types elsewhere
     * @param show puts that code before them
     * @throws dev.chela.harness.auth.SignInException if it is refused or not finished in time
     * @throws dev.chela.harness.appserver.AppServerException if there is no usable app-server
     */
    void signIn(Optional<Secret> key, Consumer<DeviceCode> show);
}
