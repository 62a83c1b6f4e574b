package dev.chela.channels.web.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a builder is told on a machine that has no Chromium and cannot get one. */
class ChromiumIT {

    private static final String COMMAND = "apt-get install -y chromium";

    @TempDir private Path directory;

    @Test
    void withoutADownloadItNamesTheCommandAndWhyTheTriesFailed() throws IOException {
        Map<String, String> offline =
                Map.of("PLAYWRIGHT_NODEJS_PATH", program("node", "exit 7").toString());

        assertThatThrownBy(
                        () ->
                                Chromium.launch(
                                        Optional.empty(), offline, List.of("apt-get ended with 9")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("run: ")
                .hasMessageContaining(COMMAND)
                .hasMessageContaining("apt-get ended with 9")
                .hasMessageContaining("Playwright's own did not start: ");
    }

    @Test
    void aBrowserThatDoesNotStartIsNamed() {
        Path none = directory.resolve("no-browser");

        assertThatThrownBy(() -> Chromium.launch(Optional.of(none), Map.of(), List.of()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(COMMAND)
                .hasMessageContaining(none + " did not start: ");
    }

    @Test
    void aPackageThatCannotBeInstalledSaysWhy() throws IOException {
        Path apt = program("apt-get", "echo 'E: Unable to locate package' $5 >&2; exit 100");

        assertThat(SystemPackages.install(apt, "chromium"))
                .hasValueSatisfying(
                        why ->
                                assertThat(why)
                                        .contains("apt-get install", "ended with 100")
                                        .contains("Unable to locate package chromium"));
    }

    @Test
    void aPackageThatWasInstalledSaysNothing() throws IOException {
        assertThat(SystemPackages.install(program("apt-get", "echo done"), "chromium")).isEmpty();
    }

    private Path program(String name, String script) throws IOException {
        Path file = directory.resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }
}
