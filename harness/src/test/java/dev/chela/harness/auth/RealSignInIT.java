package dev.chela.harness.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.config.Secret;
import dev.chela.harness.kit.RealCodex;
import dev.chela.harness.kit.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signing in the real app-server. */
final class RealSignInIT {

    @Test
    void aKeyGoesThroughTheServerIntoItsOwnHome(@TempDir Path directory) throws IOException {
        try (Stage stage = RealCodex.stage(directory)) {
            SignIn signIn = SignIn.withoutKeys();
            assertThat(signIn.ensure(stage.server())).isEqualTo(SignInState.NOT_NEEDED);
            signIn.withApiKey(stage.server(), Secret.of("sk-not-a-real-key"));
            Path kept = directory.resolve("codex").resolve("auth.json");
            assertThat(Files.readString(kept)).contains("sk-not-a-real-key");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
                    .isEqualTo("rw-------");
        }
    }
}
