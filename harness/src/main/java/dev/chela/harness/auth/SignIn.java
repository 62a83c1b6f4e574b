package dev.chela.harness.auth;

import dev.chela.config.Secret;
import dev.chela.harness.Legible;
import dev.chela.harness.appserver.AppServer;
import dev.chela.harness.appserver.AppServerException;
import dev.chela.harness.appserver.Place;
import dev.chela.harness.appserver.RequestTimedOutException;
import dev.chela.harness.appserver.RpcFailedException;
import dev.chela.harness.appserver.SignedOutException;
import dev.chela.harness.appserver.Subscription;
import dev.chela.harness.appserver.ThreadListener;
import dev.chela.harness.appserver.protocol.AccountRead;
import dev.chela.harness.appserver.protocol.LoginCancel;
import dev.chela.harness.appserver.protocol.LoginStart;
import dev.chela.harness.appserver.protocol.ServerNotification;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Signs app-servers in. */
public final class SignIn {

    private static final Logger LOG = LoggerFactory.getLogger(SignIn.class);
    private static final Duration KEY_PATIENCE = Duration.ofSeconds(15);
    private static final int REASON_CHARS_MAX = 240;
    private static final String WITH_KEY =
            " or sign in with a key: set CODEX_API_KEY or OPENAI_API_KEY, then run chela models"
                    + " auth login";
    private static final String WITH_KEY_ELSEWHERE =
            " or sign in with a key on its machine: codex login --with-api-key";

    private final Function<String, Optional<Secret>> environment;
    private final Map<AppServer, SignInState> known = new ConcurrentHashMap<>();

    /**
     * @param environment the variables of this process; asked for {@code CODEX_API_KEY}, then
     *     {@code OPENAI_API_KEY}
     */
    public SignIn(Function<String, Optional<Secret>> environment) {
        this.environment = environment;
    }

    /** Uses no key of the environment. */
    public static SignIn withoutKeys() {
        return new SignIn(name -> Optional.empty());
    }

    /**
     * Makes sure, once for each connection, that the server is signed in if it needs to be and a
     * key is there. Only a server that this bot started gets a key of the environment.
     *
     * @throws AppServerException if the server cannot be asked
     */
    public SignInState ensure(AppServer server) {
        SignInState seen = known.get(server);
        if (seen != null && seen != SignInState.MISSING) {
            return seen;
        }
        SignInState state = state(server);
        if (state == SignInState.MISSING) {
            Optional<Secret> key = key(server);
            if (key.isPresent()) {
                withApiKey(server, key.get());
                state = SignInState.SIGNED_IN;
            }
        }
        known.put(server, state);
        server.closed().thenRun(() -> known.remove(server));
        return state;
    }

    private Optional<Secret> key(AppServer server) {
        return server.place() == Place.OWN
                ? environment.apply("CODEX_API_KEY").or(() -> environment.apply("OPENAI_API_KEY"))
                : Optional.empty();
    }

    /** Whether the server is signed in now. */
    public SignInState state(AppServer server) {
        AccountRead.Result account = server.request(new AccountRead(false));
        if (account.account() != null) {
            return SignInState.SIGNED_IN;
        }
        return account.requiresOpenaiAuth() ? SignInState.MISSING : SignInState.NOT_NEEDED;
    }

    /**
     * Signs in with a Platform key. The server does not try it; it keeps it in its home.
     *
     * @throws SignInException if the server refuses it, or this bot did not start it: then the key
     *     stays here
     */
    public void withApiKey(AppServer server, Secret key) {
        if (server.place() != Place.OWN) {
            throw new SignInException(
                    "keys of this machine are not sent to the app-server at appServer.url. "
                            + SignedOutException.NEXT_STEP);
        }
        try (Completion completion = new Completion(server)) {
            server.request(new LoginStart.ApiKey(key.reveal()));
            completion.await(KEY_PATIENCE);
            LOG.info("signed in: kind=api-key");
        }
    }

    /**
     * Signs in with a subscription: gives a code to show, then waits until it was typed.
     *
     * @param show called once with what the person needs
     * @param patience how long they have
     * @throws SignInException if they do not finish in time, or the server refuses; without a
     *     network it does
     */
    public void withDeviceCode(AppServer server, Consumer<DeviceCode> show, Duration patience) {
        try (Completion completion = new Completion(server)) {
            switch (begun(server)) {
                case LoginStart.Result.Code code -> {
                    show.accept(new DeviceCode(code.verificationUrl(), code.userCode()));
                    awaitOrCancel(server, code.loginId(), completion, patience);
                }
                case LoginStart.Result.Accepted() -> completion.await(patience);
                case LoginStart.Result.Browser browser -> {
                    show.accept(new DeviceCode(browser.authUrl(), ""));
                    awaitOrCancel(server, browser.loginId(), completion, patience);
                }
                case LoginStart.Result.Unknown unknown ->
                        throw new SignInException(
                                "the app-server answered the sign-in with "
                                        + Legible.line(unknown.type(), REASON_CHARS_MAX)
                                        + ", which this version of Chela does not know");
            }
            known.put(server, SignInState.SIGNED_IN);
            LOG.info("signed in: kind=device-code");
        }
    }

    private static LoginStart.Result begun(AppServer server) {
        try {
            return server.request(new LoginStart.DeviceCode());
        } catch (RpcFailedException | RequestTimedOutException e) {
            throw new SignInException(
                    "no code came: %s. Try again when the app-server reaches its sign-in address,%s"
                            .formatted(
                                    Legible.redacted(e.getMessage(), REASON_CHARS_MAX),
                                    server.place() == Place.OWN ? WITH_KEY : WITH_KEY_ELSEWHERE));
        }
    }

    private static void awaitOrCancel(
            AppServer server, String loginId, Completion completion, Duration patience) {
        try {
            completion.await(patience);
        } catch (SignInException e) {
            try {
                server.request(new LoginCancel(loginId));
            } catch (AppServerException cancel) {
                e.addSuppressed(cancel);
            }
            throw e;
        }
    }

    /** Hears how a sign-in ends; listens before it begins. */
    private static final class Completion implements ThreadListener, AutoCloseable {

        private final CompletableFuture<ServerNotification.LoginCompleted> done =
                new CompletableFuture<>();
        private final Subscription subscription;

        Completion(AppServer server) {
            subscription = server.subscribe(this);
        }

        @Override
        public void notified(ServerNotification notification) {
            if (notification instanceof ServerNotification.LoginCompleted completed) {
                done.complete(completed);
            }
        }

        @Override
        public void closed(AppServerException cause) {
            done.complete(new ServerNotification.LoginCompleted(null, false, cause.getMessage()));
        }

        void await(Duration patience) {
            try {
                ServerNotification.LoginCompleted end =
                        done.get(patience.toMillis(), TimeUnit.MILLISECONDS);
                if (!end.success()) {
                    String reason = end.error() == null ? "it gave no reason" : end.error();
                    throw new SignInException(
                            "the sign-in was refused: "
                                    + Legible.redacted(reason, REASON_CHARS_MAX)
                                    + "; try again");
                }
            } catch (TimeoutException e) {
                throw new SignInException(
                        "the sign-in was not finished within %d s; try again"
                                .formatted(patience.toSeconds()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new SignInException("the sign-in was interrupted");
            } catch (ExecutionException e) {
                throw new IllegalStateException("a sign-in never completes exceptionally", e);
            }
        }

        @Override
        public void close() {
            subscription.close();
        }
    }
}
