package dev.chela.harness.appserver.managed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.Proxy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpmSettingsTest {

    @TempDir private Path directory;

    private Path project;
    private Path home;

    @BeforeEach
    void directories() throws IOException {
        project = Files.createDirectory(directory.resolve("project"));
        home = Files.createDirectory(directory.resolve("home"));
    }

    @Test
    void withoutSettingsThePublicRegistryIsUsed() {
        assertThat(registry(Map.of())).isEqualTo("https://registry.npmjs.org/");
    }

    @Test
    void chelasVariableWinsThenTheScopeThenTheEnvironmentThenProjectThenUser() throws IOException {
        Files.writeString(home.resolve(".npmrc"), "; mine\nregistry = \"https://user.test/n\"\n");
        assertThat(registry(Map.of())).isEqualTo("https://user.test/n/");

        Files.writeString(project.resolve(".npmrc"), "registry=https://${HOST}/p/");
        assertThat(registry(Map.of("HOST", "project.test"))).isEqualTo("https://project.test/p/");

        var environment = Map.of("npm_config_registry", "http://env.test");
        assertThat(registry(environment)).isEqualTo("http://env.test/");

        Files.writeString(home.resolve(".npmrc"), "@openai:registry=https://scope.test/");
        assertThat(registry(environment)).isEqualTo("https://scope.test/");

        assertThat(registry(Map.of("CHELA_NPM_REGISTRY", "https://own.test")))
                .isEqualTo("https://own.test/");
    }

    @Test
    void anotherUserConfigMayBeNamed() throws IOException {
        Path named = Files.writeString(directory.resolve("rc"), "registry=https://named.test/");
        assertThat(registry(Map.of("NPM_CONFIG_USERCONFIG", named.toString())))
                .isEqualTo("https://named.test/");
    }

    @Test
    void nonsenseIsToldWithoutRepeatingIt() {
        assertThatExceptionOfType(CodexUnavailableException.class)
                .isThrownBy(() -> registry(Map.of("CHELA_NPM_REGISTRY", "ftp://u:pw@x/")))
                .withMessageContaining("CHELA_NPM_REGISTRY")
                .withMessageNotContaining("pw");
    }

    @Test
    void credentialsFitTheLongestPrefixOfTheAddress() throws IOException {
        Files.writeString(
                home.resolve(".npmrc"),
                "//reg.test/:_authToken=wide\n//reg.test/npm/:_authToken=narrow\n");
        NpmSettings settings = settings(Map.of());

        assertThat(authorization(settings, "https://reg.test/npm/@openai/codex/-/c.tgz"))
                .isEqualTo("Bearer narrow");
        assertThat(authorization(settings, "https://reg.test/other/c.tgz"))
                .isEqualTo("Bearer wide");
        assertThat(settings.authorization(URI.create("https://other.test/npm/c.tgz"))).isEmpty();
        assertThat(settings.authorization(URI.create("https://reg.test/npm/x")).toString())
                .doesNotContain("narrow");
    }

    @Test
    void proxiesComeFromTheEnvironmentAndKnowExceptions() {
        var proxy =
                new EnvironmentProxy(
                        settings(
                                Map.of(
                                        "HTTPS_PROXY",
                                        "http://user:pw@proxy.test:3128",
                                        "no_proxy",
                                        "internal.test, *.lan")));

        assertThat(proxy.select(URI.create("https://registry.npmjs.org/x")).getFirst().toString())
                .contains("proxy.test")
                .contains("3128")
                .doesNotContain("pw");
        assertThat(proxy.select(URI.create("https://a.internal.test/")))
                .containsExactly(Proxy.NO_PROXY);
        assertThat(proxy.select(URI.create("https://b.lan/"))).containsExactly(Proxy.NO_PROXY);
        assertThat(proxy.select(URI.create("http://127.0.0.1:8/"))).containsExactly(Proxy.NO_PROXY);
    }

    private String registry(Map<String, String> environment) {
        return settings(environment).registry().toString();
    }

    private NpmSettings settings(Map<String, String> environment) {
        return NpmSettings.read(environment, project, home);
    }

    private static String authorization(NpmSettings settings, String address) {
        return settings.authorization(URI.create(address)).orElseThrow().reveal();
    }
}
