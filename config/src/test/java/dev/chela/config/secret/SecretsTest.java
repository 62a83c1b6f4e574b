package dev.chela.config.secret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.config.ChelaConfig;
import dev.chela.config.Secret;
import dev.chela.config.SecretInput;
import dev.chela.config.SecretSource;
import dev.chela.config.load.Environment;
import dev.chela.config.testing.TestConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {

    @TempDir private Path directory;

    @Test
    void aVariableIsFoundAndItsAbsenceTold() {
        Secrets secrets = secrets("{}", Map.of("BOT", "abc"));
        assertThat(secrets.resolve(ref(SecretSource.ENV, "default", "BOT")).secret())
                .contains(Secret.of("abc"));
        assertThat(secrets.resolve(ref(SecretSource.ENV, "default", "NO")))
                .isEqualTo(new SecretAnswer.Unavailable("the variable NO is not set or empty"));
        assertThat(secrets.found()).containsExactly(Secret.of("abc"));
    }

    @Test
    void aProviderGivesOnlyWhatItsListAllows() {
        Secrets secrets =
                secrets("{ e: { source: 'env', allowlist: ['A'] } }", Map.of("A", "1", "B", "2"));
        assertThat(secrets.resolve(ref(SecretSource.ENV, "e", "A")).secret()).isPresent();
        assertThat(secrets.resolve(ref(SecretSource.ENV, "e", "B")).secret()).isEmpty();
        assertThat(secrets.resolve(ref(SecretSource.FILE, "e", "/a")).secret()).isEmpty();
        assertThat(secrets.resolve(ref(SecretSource.FILE, "none", "/a")).secret()).isEmpty();
    }

    @Test
    void aPointerLeadsIntoAPrivateJsonFile() throws IOException {
        Path file = privateFile("s.json", "{ \"a/b\": { \"list\": [\"x\", \"y\"] } }");
        Secrets secrets = secrets("{ f: { source: 'file', path: '" + file + "' } }", Map.of());
        assertThat(secrets.resolve(ref(SecretSource.FILE, "f", "/a~1b/list/1")).secret())
                .contains(Secret.of("y"));
        assertThat(secrets.resolve(ref(SecretSource.FILE, "f", "/nothing")).toString())
                .contains("is not in");
    }

    @Test
    void aFileThatOthersReadOrThatIsALinkIsRefused() throws IOException {
        Path file = privateFile("t", "token\n");
        assertThat(FileProvider.tokenFile(file).secret()).contains(Secret.of("token"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), file);
        assertThat(FileProvider.tokenFile(link).toString()).contains("not a regular file");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(FileProvider.tokenFile(file).toString()).contains("chmod 600");
    }

    @Test
    void aCommandAnswersInJson() throws IOException {
        Path command =
                script(
                        "read request; case \"$request$HOME\" in *'\"my/key\"'*) ;; *) exit 3;;"
                                + " esac; echo '{\"protocolVersion\":1,\"values\":{\"my/key\":\"v1\"}}'");
        Secrets secrets = secrets(exec(command, ""), Map.of("HOME", "/leaked"));
        assertThat(secrets.resolve(ref(SecretSource.EXEC, "x", "my/key")).secret())
                .contains(Secret.of("v1"));
    }

    @Test
    void aCommandThatHangsOrFailsOrTalksTooMuchIsGivenUp() throws IOException {
        assertThat(run("sleep 30", "timeoutMs: 200")).contains("within 200 ms");
        assertThat(run("exit 3", "")).contains("status 0");
        assertThat(run("head -c 5000 /dev/zero", "maxOutputBytes: 100")).contains("100 bytes");
        assertThat(run("echo not json", "")).contains("gave no value");
    }

    @Test
    void aCommandOutsideTheTrustedDirectoriesIsNotRun() throws IOException {
        assertThat(run("echo x", "trustedDirs: ['/nowhere']")).contains("trustedDirs");
    }

    private String run(String body, String options) throws IOException {
        Secrets secrets = secrets(exec(script(body), options), Map.of());
        SecretAnswer answer = secrets.resolve(ref(SecretSource.EXEC, "x", "k"));
        return ((SecretAnswer.Unavailable) answer).reason();
    }

    private static String exec(Path command, String options) {
        return "{ x: { source: 'exec', command: '"
                + command
                + "', passEnv: ['PATH'], "
                + options
                + " } }";
    }

    private Path script(String body) throws IOException {
        Path file =
                Files.writeString(directory.resolve("run" + body.hashCode()), "#!/bin/sh\n" + body);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        return file;
    }

    private Path privateFile(String name, String text) throws IOException {
        Path file = Files.writeString(directory.resolve(name), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }

    private static SecretInput ref(SecretSource source, String provider, String id) {
        return new SecretInput.Ref(source, provider, id);
    }

    private static Secrets secrets(String providers, Map<String, String> variables) {
        ChelaConfig config = TestConfig.of("{ secrets: { providers: " + providers + " } }");
        return new Secrets(config.secrets(), Environment.of(variables));
    }
}
