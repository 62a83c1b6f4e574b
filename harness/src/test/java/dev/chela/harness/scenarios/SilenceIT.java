package dev.chela.harness.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.harness.kit.TraceEnding;
import dev.chela.harness.kit.TraceReplay.Steered;
import dev.chela.harness.scenarios.SilentTown.Spoiled;
import dev.chela.harness.scenarios.SilentTown.Story;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way of going wrong together with every steer and a restart; no process is needed. */
@Tag("soak")
final class SilenceIT {

    @TempDir Path directory;

    @BeforeAll
    static void hush() {
        SilentTown.hush();
    }

    @AfterAll
    static void speak() {
        SilentTown.speak();
    }

    static Stream<Story> stories() {
        return Stream.of(TraceEnding.values())
                .map(Story::of)
                .flatMap(
                        story ->
                                Stream.of(
                                        story,
                                        story.steered(Steered.LOST),
                                        story.steered(Steered.TAKEN)))
                .flatMap(story -> Stream.of(story, story.withRestart()));
    }

    @ParameterizedTest
    @MethodSource("stories")
    void aLaneIsFreeAndItsPeopleToldTheTruthWhereverTheServerGoesWrong(Story story)
            throws Exception {
        var places = SilencePlace.all();

        assertThat(SilentTown.problems(places, story, Spoiled.NOT, directory)).isEmpty();
    }
}
