package dev.chela.harness.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chela.config.Secret;
import dev.chela.harness.appserver.RpcFailedException;
import dev.chela.harness.appserver.protocol.Account;
import dev.chela.harness.appserver.protocol.AccountRead;
import dev.chela.harness.appserver.protocol.LoginCancel;
import dev.chela.harness.appserver.protocol.LoginStart;
import dev.chela.harness.appserver.protocol.ServerNotification;
import dev.chela.harness.testing.FakeAppServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SignInTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final FakeAppServer server = new FakeAppServer();

    @Test
    void aServerThatNeedsNoAccountGetsNoKey() {
        assertThat(with(Map.of("CODEX_API_KEY", "k")).ensure(server))
                .isEqualTo(SignInState.NOT_NEEDED);
        assertThat(server.all(LoginStart.class)).isEmpty();
    }

    @Test
    void aSignedInServerIsLeftAlone() {
        server.account = new AccountRead.Result(new Account.ApiKey(), true);
        assertThat(with(Map.of("CODEX_API_KEY", "k")).ensure(server))
                .isEqualTo(SignInState.SIGNED_IN);
        assertThat(server.all(LoginStart.class)).isEmpty();
    }

    @Test
    void theFirstKeyOfTheEnvironmentIsUsedWhereAnAccountIsMissing() {
        server.account = new AccountRead.Result(null, true);
        server.on(LoginStart.ApiKey.class, login -> completed(true, null));
        SignIn signIn = with(Map.of("CODEX_API_KEY", "first", "OPENAI_API_KEY", "second"));
        assertThat(signIn.ensure(server)).isEqualTo(SignInState.SIGNED_IN);
        assertThat(signIn.ensure(server)).isEqualTo(SignInState.SIGNED_IN);
        assertThat(server.all(LoginStart.ApiKey.class))
                .singleElement()
                .extracting(LoginStart.ApiKey::apiKey)
                .isEqualTo("first");
    }

    @Test
    void withoutAKeyTheAccountIsMissing() {
        server.account = new AccountRead.Result(null, true);
        assertThat(SignIn.withoutKeys().ensure(server)).isEqualTo(SignInState.MISSING);
    }

    @Test
    void aRefusedKeyIsToldWithoutTheKey() {
        server.on(
                LoginStart.ApiKey.class,
                login -> completed(false, "bad key sk-abcdefghijklmnop given"));
        assertThatThrownBy(
                        () ->
                                SignIn.withoutKeys()
                                        .withApiKey(server, Secret.of("sk-abcdefghijklmnop")))
                .isInstanceOf(SignInException.class)
                .hasMessageContaining("refused")
                .hasMessageNotContaining("sk-abcdef");
    }

    @Test
    void aDeviceCodeIsShownAndWaitedFor() {
        List<DeviceCode> shown = new ArrayList<>();
        server.on(LoginStart.DeviceCode.class, login -> code());
        SignIn.withoutKeys()
                .withDeviceCode(
                        server,
                        code -> {
                            shown.add(code);
                            completed(true, null);
                        },
                        LONG);
        assertThat(shown).containsExactly(new DeviceCode("https://example.org/device", "AB-12"));
    }

    @Test
    void withoutANetworkThePersonReadsWhatElseToDo() {
        server.on(
                LoginStart.DeviceCode.class,
                login -> {
                    throw new RpcFailedException(
                            login.method(),
                            -32603,
                            null,
                            "failed to request device code: error sending request for url"
                                    + " (https://auth.openai.com/x?token=private)");
                });
        assertThatThrownBy(() -> SignIn.withoutKeys().withDeviceCode(server, code -> {}, LONG))
                .isInstanceOf(SignInException.class)
                .hasMessageContaining("https://auth.openai.com/x")
                .hasMessageContaining("Try again when")
                .hasMessageContaining("set CODEX_API_KEY or OPENAI_API_KEY")
                .hasMessageEndingWith("chela models auth login")
                .hasMessageNotContaining("private");
    }

    @Test
    void aCodeThatNobodyTypesIsTakenBack() {
        server.on(LoginStart.DeviceCode.class, login -> code());
        server.on(LoginCancel.class, cancel -> new LoginCancel.Result("canceled"));
        assertThatThrownBy(
                        () ->
                                SignIn.withoutKeys()
                                        .withDeviceCode(server, code -> {}, Duration.ofMillis(20)))
                .isInstanceOf(SignInException.class);
        assertThat(server.all(LoginCancel.class)).hasSize(1);
    }

    private LoginStart.Result completed(boolean success, String error) {
        server.tell(new ServerNotification.LoginCompleted(null, success, error));
        return new LoginStart.Result.Accepted();
    }

    private static LoginStart.Result code() {
        return new LoginStart.Result.Code("login-1", "https://example.org/device", "AB-12");
    }

    private static SignIn with(Map<String, String> environment) {
        return new SignIn(name -> Optional.ofNullable(environment.get(name)).map(Secret::of));
    }
}
