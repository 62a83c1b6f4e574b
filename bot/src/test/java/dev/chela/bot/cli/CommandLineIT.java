package dev.chela.bot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.bot.cli.ChelaProcess.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands that need no bot. */
class CommandLineIT {

    @TempDir private Path home;

    @Test
    void withoutACommandItHelpsANewcomer() throws IOException, InterruptedException {
        Said said = ChelaProcess.run(home);

        assertThat(said.exit()).isZero();
        assertThat(said.err()).isEmpty();
        assertThat(said.out())
                .contains("chela demo", "chela gateway run", "pairing", "config", "models");
        assertThat(home.resolve(".chela")).as("help touches no state").doesNotExist();
    }

    @Test
    void aBrokenConfigStopsTheStartWithEveryProblem() throws IOException, InterruptedException {
        write("{\n  gateway: { mode: \"local\", prot: 1 },\n  mesages: {},\n}\n");

        Said said = ChelaProcess.run(home, "gateway", "run", "--port", "0");

        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.err())
                .contains("gateway.prot: unknown key", "line 2", "did you mean \"port\"?")
                .contains("mesages: unknown key", "line 3", "did you mean \"messages\"?")
                .doesNotContain("Exception");
    }

    @Test
    void setKeepsCommentsAndGetHidesSecrets() throws IOException, InterruptedException {
        Path file =
                write(
                        """
                        {
                          // mine
                          gateway: { mode: "local", port: 18999 }, // here
                          channels: { telegram: { botToken: "12345678:secretsecretsecret" } },
                        }
                        """);

        Said set = ChelaProcess.run(home, "config", "set", "gateway.port", "19000");
        Said get = ChelaProcess.run(home, "config", "get");

        assertThat(set.exit()).as(set.err()).isZero();
        assertThat(Files.readString(file)).contains("// mine", "port: 19000", "// here");
        assertThat(get.out()).contains("19000", "***").doesNotContain("secretsecret");

        Said unset = ChelaProcess.run(home, "config", "unset", "gateway.port");

        assertThat(unset.out()).isEqualTo("removed gateway.port from " + file + "\n");
    }

    @Test
    void aSecretWrittenInPlainIsRemarkedOnWithoutSayingIt() throws Exception {
        write("{ gateway: { mode: \"local\" } }");

        Said set =
                ChelaProcess.run(
                        home, "config", "set", "channels.telegram.botToken", "12345678:plainplain");

        assertThat(set.exit()).as(set.err()).isZero();
        assertThat(set.err())
                .contains("channels.telegram.botToken holds a secret in plain text", ".env")
                .doesNotContain("plainplain");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    foo                      | "chela" takes no command foo
                    gatway run               | "chela" takes no command gatway (did you mean "gateway"?)
                    gateway rn               | "chela gateway" takes no command rn
                    gateway run now          | "chela gateway run" takes no argument now
                    demo --mesage hi         | "chela demo" takes no option --mesage (did you mean "--message"?)
                    gateway run --port 99999 | "99999" is no port, expected 0 (a free one) to 65535
                    config set gateway.port  | Missing required parameter: 'VALUE'
                    """)
    void aWrongCommandLineIsToldInALineWithItsHelp(String line, String told) throws Exception {
        Said said = ChelaProcess.run(home, line.split(" "));

        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.out()).isEmpty();
        assertThat(said.err().lines()).hasSize(2);
        assertThat(said.err()).contains(told, "see: chela").contains("--help");
    }

    @Test
    void aFirstStartWithoutAConfigSaysThatThereIsNone() throws Exception {
        Said said = ChelaProcess.run(home, "gateway", "run");

        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.err())
                .contains(
                        "there is no config", "chela config set gateway.mode local", "chela demo");
    }

    @Test
    void anUnknownPairingCodeFailsWithoutABot() throws IOException, InterruptedException {
        Said said = ChelaProcess.run(home, "pairing", "approve", "telegram", "AAAA2222");

        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.err()).contains("mistyped or expired").doesNotContain("Exception");
    }

    @Test
    void sessionsAreShownAndTidiedWithoutABot() throws IOException, InterruptedException {
        Said none = ChelaProcess.run(home, "sessions");
        Said due = ChelaProcess.run(home, "sessions", "cleanup", "--dry-run");
        Said nothing = ChelaProcess.run(home, "sessions", "export", "agent:main:main");

        assertThat(none.exit()).as(none.err()).isZero();
        assertThat(none.out()).contains("No session");
        assertThat(due.out()).contains("Nothing was changed", "0 archives");
        assertThat(nothing.exit()).isEqualTo(1);
        assertThat(nothing.err()).contains("nothing is kept of").doesNotContain("Exception");
    }

    private Path write(String config) throws IOException {
        Path file = Files.createDirectories(home.resolve(".chela")).resolve("chela.json");
        return Files.writeString(file, config);
    }
}
