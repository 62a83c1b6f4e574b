package dev.chela.harness.appserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ServerCommandTest {

    private static final Map<String, String> PATH = Map.of("PATH", "/nowhere:/bin:/usr/bin");

    @Test
    void aNameIsFoundOnThePathAndAPathIsTakenAsItIs() {
        assertThat(ServerCommand.own("sh", List.of(), PATH).executable().toString())
                .endsWith("bin/sh");
        assertThat(ServerCommand.own("/bin/sh", List.of(), Map.of()).executable())
                .isEqualTo(Path.of("/bin/sh"));
    }

    @Test
    void inlineArgumentsAreRefusedNamingTheirKey() {
        assertThatExceptionOfType(ConnectionClosedException.class)
                .isThrownBy(() -> ServerCommand.own("sh -c true", List.of(), PATH))
                .withMessageContaining("appServer.args");
    }

    @Test
    void aMissingProgramSaysHowToGoOn() {
        assertThatExceptionOfType(ConnectionClosedException.class)
                .isThrownBy(() -> ServerCommand.own("/no/such/codex", List.of(), PATH))
                .withMessageContaining("/no/such/codex")
                .withMessageContaining("Remove it to use the Codex that Chela brings");
    }

    @Test
    void theChildHasItsOwnCodexHomeTheUsersHomeAndNoKeys() {
        var own =
                Map.of(
                        "HOME", "/home/u",
                        "CODEX_HOME", "/home/u/.codex",
                        "OPENAI_API_KEY", "sk-1",
                        "CODEX_API_KEY", "sk-2",
                        "SECRET_TOKEN", "s",
                        "PATH", "/bin");
        var command =
                new ServerCommand(Path.of("/codex"), List.of(), Optional.of(Path.of("/tools")));

        Map<String, String> child =
                ChildEnvironment.of(
                        own,
                        Path.of("/state/codex-home"),
                        Set.of("SECRET_TOKEN", "HOME", "CODEX_HOME"),
                        command);

        assertThat(child)
                .containsEntry("HOME", "/home/u")
                .containsEntry("CODEX_HOME", "/state/codex-home")
                .containsEntry("PATH", "/tools" + File.pathSeparator + "/bin")
                .doesNotContainKeys("OPENAI_API_KEY", "CODEX_API_KEY", "SECRET_TOKEN");
    }

    @Test
    void listeningElsewhereKeepsTheOtherArguments() {
        var command =
                new ServerCommand(
                        Path.of("/bin/codex"),
                        List.of("-c", "a=b", "app-server", "--listen", "stdio://", "--strict"),
                        Optional.empty());

        assertThat(command.listeningAt("ws://127.0.0.1:1"))
                .containsExactly(
                        "/bin/codex",
                        "-c",
                        "a=b",
                        "app-server",
                        "--strict",
                        "--listen",
                        "ws://127.0.0.1:1");
    }
}
