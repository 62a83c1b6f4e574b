package dev.chela.config.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goal: one process at a time. Method: another JVM holds the directory and is then killed. */
class InstanceLockIT {

    @TempDir private Path directory;

    @Test
    void anotherProcessIsNamedAndItsDeathFreesTheDirectory() throws Exception {
        Process holder = hold();
        StateDirectory state = StateDirectory.open(directory);
        try (BufferedReader output = holder.inputReader(StandardCharsets.UTF_8)) {
            assertThat(output.readLine()).isEqualTo("held");
            assertThatThrownBy(() -> InstanceLock.acquire(state))
                    .isInstanceOf(InstanceHeldException.class)
                    .hasMessageContaining("process " + holder.pid())
                    .hasMessageContaining("port 4711");
            Files.delete(state.holderFile());
            assertThatThrownBy(() -> InstanceLock.holderOrRefusal(state))
                    .isInstanceOf(InstanceHeldException.class)
                    .hasMessageContaining("cannot be named");
            assertThatThrownBy(() -> InstanceLock.acquire(state))
                    .isInstanceOf(InstanceHeldException.class)
                    .hasMessageContaining("cannot be named");
        } finally {
            holder.destroyForcibly();
        }
        assertThat(holder.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(InstanceLock.holderOrRefusal(state)).isEmpty();
        InstanceLock.acquire(state).close();
    }

    private Process hold() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        LockHolder.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
