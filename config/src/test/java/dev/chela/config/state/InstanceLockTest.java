package dev.chela.config.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
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
    void aHolderWhoseNameWasLostKeepsTheDirectoryAndIsToldOf() throws Exception {
        StateDirectory state = StateDirectory.open(directory.resolve("state"));
        try (InstanceLock first = InstanceLock.acquire(state)) {
            Files.delete(state.holderFile());
            for (ThrowingCallable question :
                    List.<ThrowingCallable>of(
                            () -> InstanceLock.acquire(state),
                            () -> InstanceLock.holderOrRefusal(state))) {
                assertThatThrownBy(question)
                        .isInstanceOf(InstanceHeldException.class)
                        .hasMessageContaining("a process that cannot be named")
                        .hasMessageContaining("lsof " + state.lockFile());
            }
            first.publishPort(18789);
            assertThat(InstanceLock.holderOrRefusal(state)).isPresent();
        }
        assertThat(InstanceLock.holderOrRefusal(state)).isEmpty();
    }

    @Test
    void theLeftoverOfADeadProcessDoesNotHinder() throws Exception {
        StateDirectory state = StateDirectory.open(directory.resolve("state"));
        Files.writeString(state.holderFile(), older(Instant.parse("2001-01-01T00:00:00Z")));
        InstanceLock.acquire(state).close();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void theHolderIsStillNamedAfterTheClockWasSet() throws Exception {
        Holder self = Holder.self();
        Instant moved = self.start().instant().plusSeconds(3600);

        assertThat(found(new Holder(self.pid(), started(moved, self), 1).toText())).isPresent();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void theSamePidAtTheSameTimeOfAnotherBootIsNotTheHolder() throws Exception {
        Holder self = Holder.self();
        ProcessStart.Ticks ticks = self.start().ticks().orElseThrow();
        for (ProcessStart.Ticks other :
                List.of(
                        new ProcessStart.Ticks("another boot", ticks.count()),
                        new ProcessStart.Ticks(ticks.boot(), ticks.count() + 1))) {
            ProcessStart start = new ProcessStart(self.start().instant(), Optional.of(other));
            assertThat(found(new Holder(self.pid(), start, 1).toText())).isEmpty();
        }
    }

    @Test
    void whatAnOlderChelaWroteIsStillUnderstood() throws Exception {
        Instant start = Holder.self().start().instant();

        assertThat(found(older(start))).isPresent();
        assertThat(found(older(start.plusSeconds(1)))).isEmpty();
        assertThat(found(older(Instant.EPOCH))).as("of unknown start").isEmpty();
    }

    private Optional<Holder> found(String text) throws IOException {
        StateDirectory state = StateDirectory.open(directory.resolve("state"));
        Files.writeString(state.holderFile(), text);
        return InstanceLock.holder(state);
    }

    private static String older(Instant start) {
        return "pid=" + ProcessHandle.current().pid() + "\nstart=" + start + "\nport=1\n";
    }

    private static ProcessStart started(Instant instant, Holder holder) {
        return new ProcessStart(instant, holder.start().ticks());
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
