package dev.chela.harness.appserver.managed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackageArchiveTest {

    @TempDir private Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "package/../../escape",
                "package/../escape",
                "/etc/escape",
                "package//../../../escape",
                "package\\..\\..\\escape",
                "no-folder"
            })
    void aFileOutsideThePackageIsRefused(String name) throws IOException {
        Path archive = archive(new PackageFixture().file(name, 0644, "x"));

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> unpack(archive, 1_000))
                .withMessageContaining("outside itself");
        assertThat(directory.resolve("escape")).doesNotExist();
    }

    @Test
    void aLinkIsRefused() throws IOException {
        Path archive = archive(new PackageFixture().link("package/l", "/etc/passwd"));

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> unpack(archive, 1_000))
                .withMessageContaining("link or device");
    }

    @Test
    void tooMuchIsRefused() throws IOException {
        Path archive = archive(new PackageFixture().file("package/big", 0644, "x".repeat(2_000)));

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> unpack(archive, 1_000))
                .withMessageContaining("more than 1000 bytes");
    }

    @Test
    void theSameNameTwiceIsRefused() throws IOException {
        Path archive =
                archive(
                        new PackageFixture()
                                .file("package/a", 0644, "x")
                                .file("package/a", 0644, "y"));

        assertThatExceptionOfType(IOException.class).isThrownBy(() -> unpack(archive, 1_000));
    }

    private void unpack(Path archive, long bytesMax) throws IOException {
        new PackageArchive(bytesMax).unpack(archive, directory.resolve("target"));
    }

    private Path archive(PackageFixture fixture) throws IOException {
        return Files.write(directory.resolve("p.tgz"), fixture.bytes());
    }
}
