package dev.chela.bot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.config.testing.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MediaShelfTest {

    @TempDir private Path directory;
    private final ManualClock clock = new ManualClock();

    @Test
    void whatIsOldGoesAndTheRestStays() throws IOException {
        Path old = file("old", 10, Duration.ofDays(31));
        Path ofAChannel = file("web/old", 10, Duration.ofDays(31));
        Path young = file("young", 10, Duration.ofDays(29));

        assertThat(new MediaShelf(directory, clock).tidy()).isEqualTo(1);
        assertThat(old).doesNotExist();
        assertThat(young).exists();
        assertThat(ofAChannel).exists();
    }

    @Test
    void theOldestGoWhenThereIsTooMuchButNothingOfToday() throws IOException {
        Path oldest = file("a", 60, Duration.ofDays(3));
        Path older = file("b", 30, Duration.ofDays(2));
        Path today = file("c", 90, Duration.ofHours(23));

        assertThat(new MediaShelf(directory, clock, 120).tidy()).isEqualTo(1);
        assertThat(oldest).doesNotExist();
        assertThat(older).exists();
        assertThat(new MediaShelf(directory, clock, 1).tidy()).isEqualTo(1);
        assertThat(today).exists();
    }

    @Test
    void aLinkIsLeftAloneWithWhatItPointsAt(@TempDir Path elsewhere) throws IOException {
        Path target = Files.write(elsewhere.resolve("target"), new byte[10]);
        Files.setLastModifiedTime(
                target, FileTime.from(clock.instant().minus(Duration.ofDays(99))));
        Files.createSymbolicLink(directory.resolve("link"), target);

        assertThat(new MediaShelf(directory, clock).tidy()).isZero();
        assertThat(target).exists();
    }

    private Path file(String name, int bytes, Duration age) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, new byte[bytes]);
        Files.setLastModifiedTime(file, FileTime.from(clock.instant().minus(age)));
        return file;
    }
}
