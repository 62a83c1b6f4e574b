package dev.chela.config.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstanceLockTest {

    @TempDir private Path directory;

    @Test
    void aSecondHolderIsRefusedAndToldWhoHoldsIt() {
        StateDirectory state = StateDirectory.open(directory.resolve("state"));
        try (InstanceLock first = InstanceLock.acquire(state)) {
            first.publishPort(18789);
            assertThatThrownBy(() -> InstanceLock.acquire(state))
                    .isInstanceOf(InstanceHeldException.class)
                    .hasMessageContaining("process " + ProcessHandle.current().pid())
                    .hasMessageContaining("port 18789");
            assertThat(InstanceLock.holder(state)).isPresent();
        }
        assertThat(InstanceLock.holder(state)).isEmpty();
        InstanceLock.acquire(state).close();
    }

    @Test
    void theLeftoverOfADeadProcessDoesNotHinder() throws Exception {
        StateDirectory state = StateDirectory.open(directory.resolve("state"));
        long pid = ProcessHandle.current().pid();
        Holder sameNumberOtherProcess = new Holder(pid, Instant.parse("2001-01-01T00:00:00Z"), 1);
        Files.writeString(state.holderFile(), sameNumberOtherProcess.toText());
        InstanceLock.acquire(state).close();
    }

    @Test
    void theDirectoryIsOpenToItsOwnerOnly() throws Exception {
        StateDirectory state = StateDirectory.open(directory.resolve("state"));
        for (Path made : new Path[] {state.root(), state.codexHome("main"), state.workspace()}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void anAgentIdCannotLeaveTheDirectory() {
        StateDirectory state = StateDirectory.open(directory.resolve("state"));
        assertThatThrownBy(() -> state.codexHome("../up")).isInstanceOf(StateException.class);
    }

    @Test
    void aPlainFileInItsPlaceIsSaidSo() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));
        assertThatThrownBy(() -> StateDirectory.open(file))
                .isInstanceOf(StateException.class)
                .hasMessageContaining(file.toString());
    }
}
