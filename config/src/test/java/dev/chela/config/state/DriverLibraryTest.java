package dev.chela.config.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriverLibraryTest {

    private final @Nullable String before = System.getProperty(DriverLibrary.PLACE);

    @TempDir private Path directory;

    @BeforeEach
    void unset() {
        System.clearProperty(DriverLibrary.PLACE);
    }

    @AfterEach
    void restore() {
        if (before == null) {
            System.clearProperty(DriverLibrary.PLACE);
        } else {
            System.setProperty(DriverLibrary.PLACE, before);
        }
    }

    @Test
    void whatAKilledProcessLeftIsRemoved() throws IOException {
        Files.createFile(directory.resolve("sqlite-3.54-x-libsqlitejdbc.so"));
        Files.createFile(directory.resolve("sqlite-3.54-x-libsqlitejdbc.so.lck"));
        Path other = Files.createFile(directory.resolve("other"));

        DriverLibrary.keepIn(directory);

        assertThat(directory).isDirectoryContaining(other::equals);
        assertThat(directory.toFile().list()).hasSize(1);
        assertThat(System.getProperty(DriverLibrary.PLACE)).isEqualTo(directory.toString());
    }

    @Test
    void aPlaceThatWasGivenIsKept() throws IOException {
        System.setProperty(DriverLibrary.PLACE, "/elsewhere");
        Path file = Files.createFile(directory.resolve("sqlite-1"));

        DriverLibrary.keepIn(directory);

        assertThat(file).exists();
        assertThat(System.getProperty(DriverLibrary.PLACE)).isEqualTo("/elsewhere");
    }
}
