package dev.chela.harness.trajectory;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chela.config.load.Environment;
import dev.chela.config.secret.Redaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrajectoriesTest {

    @TempDir private Path root;

    @Test
    void eachLineSaysWhenWhatAndOfWhom() throws IOException {
        try (var bed = new TrajectoryBed(root)) {
            bed.trail().sent("turn/start", TrajectoryBed.json("{'threadId':'t-1','model':'m'}"), 9);
            bed.heard("turn/started", "{'threadId':'t-1','turn':{'id':'u-1'}}");
            bed.heard("item/started", "{'threadId':'t-1','turnId':'u-1','item':{'id':'i'}}");

            assertThat(bed.lines())
                    .extracting(JsonNode::toString)
                    .first()
                    .asString()
                    .isEqualTo(
                            TrajectoryBed.json(
                                            "{'at':'%s','type':'request','method':'turn/start',"
                                                            .formatted(bed.timers.instant())
                                                    + "'session':'agent:main:web:direct:ada',"
                                                    + "'sessionId':'0b5f-session',"
                                                    + "'turn':'turn-key','threadId':'t-1',"
                                                    + "'data':{'threadId':'t-1','model':'m'}}")
                                    .toString());
            assertThat(bed.lines())
                    .extracting(line -> line.path("turnId").asText())
                    .containsExactly("", "u-1", "u-1");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(bed.file())))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void whoSignsInIsNotRecorded() throws IOException {
        try (var bed = new TrajectoryBed(root)) {
            bed.trail().sent("account/login/start", TrajectoryBed.json("{'x':'sesame'}"), 9);

            assertThat(bed.lines()).isEmpty();
        }
    }

    @Test
    void piecesOfATextAreCountedAndNotShown() throws IOException {
        try (var bed =
                new TrajectoryBed(
                        root, TrajectoryBed.lingering(Limits.standard(), Duration.ofSeconds(60)))) {
            for (String piece : List.of("the-config-", "knows-this-1", "!")) {
                bed.heard(
                        "item/agentMessage/delta",
                        "{'threadId':'t','turnId':'u','itemId':'i','delta':'" + piece + "'}");
            }
            bed.heard("item/completed", "{'item':{'id':'i'}}");

            List<JsonNode> lines = bed.lines();
            assertThat(lines).hasSize(2);
            assertThat(lines.getFirst().path("method").asText())
                    .isEqualTo("item/agentMessage/delta");
            assertThat(lines.getFirst().path("pieces").asInt()).isEqualTo(3);
            assertThat(lines.getFirst().path("chars").asInt()).isEqualTo(24);
            assertThat(lines.getFirst().toString()).doesNotContain("config-");
        }
    }

    @Test
    void anEventThatIsTooLargeLeavesALineThatSaysSo() throws IOException {
        Limits limits =
                new Limits(50L << 20, 4_000, 6, 100, 20_000, 8_192, 1 << 20, 10_000, Duration.ZERO);
        try (var bed = new TrajectoryBed(root, limits)) {
            bed.heard("item/completed", "{'a':'" + "word ".repeat(1_000) + "'}");
            bed.heard("item/completed", "{'a':'" + "word ".repeat(10_000) + "'}");
            bed.heard("item/completed", "{'a':'word'}");

            List<JsonNode> lines = bed.lines();
            assertThat(lines)
                    .extracting(line -> line.path("truncated").asBoolean())
                    .containsExactly(true, true, false);
            assertThat(lines.get(0).path("size").asInt()).isBetween(5_000, 6_000);
            assertThat(lines.get(1).path("size").asInt()).isBetween(50_000, 51_000);
        }
    }

    @Test
    void aFullFileEndsWithALineThatSaysSo() throws IOException {
        Limits limits =
                new Limits(8_000, 4_000, 6, 100, 20_000, 8_192, 1 << 20, 10_000, Duration.ZERO);
        try (var bed = new TrajectoryBed(root, limits)) {
            for (int i = 0; i < 200; i++) {
                bed.heard("item/completed", "{'a':'" + "word ".repeat(40) + "'}");
                if (i % 50 == 0) {
                    bed.lines();
                }
            }

            assertThat(bed.lines().getLast().path("type").asText()).isEqualTo("trajectory.full");
            assertThat(bed.lines())
                    .filteredOn(line -> line.path("type").asText().equals("trajectory.full"))
                    .hasSize(1);
            assertThat(Files.size(bed.file())).isBetween(7_000L, 8_000L);
        }
    }

    @Test
    void whatFindsNoRoomIsDroppedAndCounted() throws IOException {
        Limits limits =
                new Limits(
                        50L << 20, 4_000, 6, 100, 20_000, 5, 1 << 20, 10_000, Duration.ofHours(1));
        try (var bed = new TrajectoryBed(root, limits)) {
            for (int i = 0; i < 50; i++) {
                bed.heard("item/completed", "{'n':" + i + "}");
            }

            List<JsonNode> lines = bed.lines();
            JsonNode last = lines.getLast();
            assertThat(last.path("type").asText()).isEqualTo("trajectory.dropped");
            assertThat(last.path("count").asInt()).isEqualTo(50 - (lines.size() - 1));
            assertThat(lines).hasSizeLessThan(20);
        }
    }

    @Test
    void aLinkIsNotFollowed() throws IOException {
        Path elsewhere = Files.writeString(root.resolve("elsewhere"), "mine\n");
        try (var bed = new TrajectoryBed(root.resolve("state"))) {
            Files.createDirectories(bed.file().getParent());
            Files.createSymbolicLink(bed.file(), elsewhere);
            bed.heard("item/completed", "{}");
            bed.settle();

            assertThat(elsewhere).hasContent("mine\n");
        }
    }

    @Test
    void aLinkedFolderIsNotFollowed() throws IOException {
        Path elsewhere = Files.createDirectories(root.resolve("elsewhere"));
        try (var bed = new TrajectoryBed(root.resolve("state"))) {
            Files.createDirectories(bed.file().getParent().getParent());
            Files.createSymbolicLink(bed.file().getParent(), elsewhere);
            bed.heard("item/completed", "{}");
            bed.settle();

            assertThat(elsewhere).isEmptyDirectory();
        }
    }

    @Test
    void aDiskThatRefusesCostsLinesAndNothingElse() throws IOException {
        try (var bed = new TrajectoryBed(root)) {
            Files.createDirectories(bed.file().getParent().getParent());
            Files.writeString(bed.file().getParent(), "no folder");
            bed.heard("item/completed", "{}");
            assertThat(bed.lines()).isEmpty();

            Files.delete(bed.file().getParent());
            bed.heard("item/completed", "{}");
            assertThat(bed.lines()).hasSize(1);
        }
    }

    @Test
    void noFileIsNamedAfterAnythingButAnId() throws IOException {
        try (var bed = new TrajectoryBed(root)) {
            for (String id : List.of("../../chela", "a/b", "", ".", "a\0b", "-x")) {
                assertThat(TrajectoryFiles.isName(id)).isFalse();
            }
            assertThat(TrajectoryFiles.isName("1f0e9a62-3a52-4b7c-9d5f-0c8d3b8a2f11")).isTrue();
            assertThat(bed.lines()).isEmpty();
        }
    }

    @Test
    void nothingIsWrittenWhenItIsSwitchedOff() throws IOException {
        try (var bed = new TrajectoryBed(root)) {
            Environment environment = Environment.of(Map.of("OPENCLAW_TRAJECTORY", "0"));
            var off = TrajectorySettings.of(environment);
            var files = new TrajectoryFiles(bed.state, off);
            try (var none = Trajectories.open(off, files, Redaction.of(List.of()), bed.timers)) {
                Trail trail = none.of(TrajectoryBed.context(TrajectoryBed.SESSION_ID));
                trail.asked("turn.terminal_idle_timeout watch=TERMINAL");
                trail.tap().heard("item/completed", TrajectoryBed.json("{}"), 2);
            }

            assertThat(bed.lines()).isEmpty();
        }
    }

    @Test
    void allOfThemMayGoToOneFolder() throws IOException {
        Path folder = root.resolve("trails");
        try (var bed = new TrajectoryBed(root.resolve("state"))) {
            var there =
                    TrajectorySettings.of(
                            Environment.of(Map.of("CHELA_TRAJECTORY_DIR", folder.toString())));
            assertThat(there).isEqualTo(new TrajectorySettings(true, Optional.of(folder)));
            var files = new TrajectoryFiles(bed.state, there);
            try (var some = Trajectories.open(there, files, Redaction.of(List.of()), bed.timers)) {
                some.of(TrajectoryBed.context("s-1")).asked("a question");
            }

            assertThat(files.all())
                    .extracting(TrajectoryFiles.Stored::session)
                    .containsExactly("s-1");
            assertThat(TrajectoryBed.parsed(folder.resolve("s-1.trajectory.jsonl"))).hasSize(1);
        }
    }
}
