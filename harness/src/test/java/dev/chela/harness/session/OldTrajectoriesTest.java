package dev.chela.harness.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.config.QueueMode;
import dev.chela.config.SessionConfig.Maintenance;
import dev.chela.config.SessionConfig.MaintenanceMode;
import dev.chela.config.state.StateDirectory;
import dev.chela.harness.session.kit.ScriptedTurn;
import dev.chela.harness.trajectory.TrajectoryFiles;
import dev.chela.harness.trajectory.TrajectorySettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OldTrajectoriesTest {

    private static final Duration MONTH = Duration.ofDays(30);
    private static final TrajectorySettings ON = new TrajectorySettings(true, Optional.empty());

    private final SessionsBed bed = SessionsBed.in(QueueMode.STEER);

    @TempDir private Path root;

    @AfterEach
    void close() {
        bed.close();
    }

    @Test
    void oneIsKeptAsLongAsItsSessionOrTheArchiveOfIt() throws Exception {
        talk();
        String id = bed.sessions.view(SessionsBed.KEY).orElseThrow().sessionId();
        file(id, 100);
        file("nobody-knows-it", 100);
        bed.timers.advance(Duration.ofHours(23));
        assertThat(upkeep().run(rules(Optional.empty())).trajectories()).isZero();

        bed.sessions.reset(SessionsBed.KEY, new ResetRequest("new", 1, false));
        bed.timers.advance(Duration.ofDays(3));
        assertThat(upkeep().due(rules(Optional.empty())).trajectories()).isEqualTo(1);
        assertThat(upkeep().run(rules(Optional.empty())).trajectories()).isEqualTo(1);
        assertThat(left()).containsExactly(id);

        bed.timers.advance(MONTH);
        upkeep().run(rules(Optional.empty()));
        assertThat(left()).isEmpty();
    }

    @Test
    void oneThatNothingWasAddedToForLongGoes() throws Exception {
        bed.submit(1);
        bed.harness.awaitTurn();
        file(bed.sessions.view(SessionsBed.KEY).orElseThrow().sessionId(), 100);
        bed.timers.advance(MONTH.plusDays(1));

        assertThat(upkeep().run(rules(Optional.empty())).trajectories()).isEqualTo(1);
        assertThat(left()).isEmpty();
    }

    @Test
    void ofTooMuchTheOldestGoDownToTheHighWaterMark() throws Exception {
        for (int i = 0; i < 10; i++) {
            file("s-" + i, 1_000);
            bed.timers.advance(Duration.ofMinutes(1));
        }

        upkeep().run(rules(Optional.of(9_000L)));
        assertThat(left()).containsExactly("s-3", "s-4", "s-5", "s-6", "s-7", "s-8", "s-9");
    }

    @Test
    void inAFolderOfSeveralBotsOnlyAgeAndSizeCount() throws Exception {
        Path shared = Files.createDirectories(root.resolve("shared"));
        var files =
                new TrajectoryFiles(
                        StateDirectory.open(root),
                        new TrajectorySettings(true, Optional.of(shared)));
        Path theirs = Files.write(shared.resolve("theirs.trajectory.jsonl"), new byte[10]);
        Files.setLastModifiedTime(theirs, FileTime.from(bed.timers.instant()));
        bed.timers.advance(Duration.ofDays(5));
        SessionUpkeep upkeep = bed.sessions.upkeep().with(files);
        assertThat(upkeep.run(rules(Optional.empty())).trajectories()).isZero();

        bed.timers.advance(MONTH);
        assertThat(upkeep.run(rules(Optional.empty())).trajectories()).isEqualTo(1);
    }

    private void talk() throws InterruptedException {
        bed.submit(1);
        ScriptedTurn turn = bed.harness.awaitTurn();
        turn.answer("re");
        bed.desk.awaitFinished(1);
        bed.sessions.drain(Duration.ofSeconds(10));
    }

    private SessionUpkeep upkeep() {
        return bed.sessions.upkeep().with(files());
    }

    private TrajectoryFiles files() {
        return new TrajectoryFiles(StateDirectory.open(root), ON);
    }

    private List<String> left() {
        return files().all().stream().map(TrajectoryFiles.Stored::session).toList();
    }

    private void file(String id, int bytes) throws IOException {
        Path file = StateDirectory.open(root).sessions("main").resolve(id + ".trajectory.jsonl");
        Files.write(file, new byte[bytes]);
        Instant now = bed.timers.instant();
        Files.setLastModifiedTime(file, FileTime.from(now));
    }

    private static Maintenance rules(Optional<Long> bytes) {
        return new Maintenance(
                MaintenanceMode.ENFORCE, MONTH, 500, Optional.empty(), bytes, Optional.empty());
    }
}
