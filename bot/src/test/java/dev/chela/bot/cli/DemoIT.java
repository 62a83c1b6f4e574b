package dev.chela.bot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.bot.cli.ChelaProcess.Said;
import dev.chela.bot.kit.Await;
import dev.chela.bot.kit.Leftovers;
import dev.chela.harness.appserver.managed.SharedCache;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first thing a newcomer runs, as a script and as a person would run it. */
class DemoIT {

    private static final String SCRIPTED = "The model is SCRIPTED";

    @TempDir private Path home;

    @BeforeAll
    static void haveCodex() {
        SharedCache.fill();
    }

    @Test
    void aScriptGetsTheAnswerAlone() throws IOException, InterruptedException {
        Said said = demo("--message", "hello");

        assertThat(said.exit()).as(said.err()).isZero();
        assertThat(said.out().lines()).containsExactly("Echo: hello");
        assertThat(said.err().lines()).singleElement().asString().contains(SCRIPTED);
    }

    @Test
    void aScriptIsToldAtOnceWhatItCannotAnswer() throws IOException, InterruptedException {
        Said said = demo("--message", "ask approval echo hi");

        assertThat(said.exit()).as(said.err()).isEqualTo(4);
        assertThat(said.out()).contains("Approval needed", "echo hi", "[1] Allow once");
        assertThat(said.err().lines())
                .hasSize(2)
                .last()
                .asString()
                .contains("--message cannot answer", "./chela demo --state " + home);
    }

    @Test
    void aScriptSeesThatTheAgentFailed() throws IOException, InterruptedException {
        Said said = demo("--message", "fail");

        assertThat(said.exit()).as(said.err()).isEqualTo(3);
        assertThat(said.out()).contains("overloaded", "Send this again");
    }

    @Test
    void aChatAnswersWhatIsPipedInAndNamesItsPage() throws IOException, InterruptedException {
        Said said =
                ChelaProcess.run(
                        home, List.of("hello", "/help", "/status"), "demo", "--state", state());

        assertThat(said.exit()).as(said.err()).isZero();
        assertThat(said.out().lines()).first().asString().contains(SCRIPTED);
        assertThat(said.out())
                .containsPattern("Web chat: http://127\\.0\\.0\\.1:\\d+/\\?token=\\S+")
                .contains("ask approval [command]", "Echo: hello")
                .contains("`/commands` shows how each is written", "**Channels:** terminal ok");
        assertThat(said.err()).isEmpty();
    }

    @Test
    void optionsThatADemoCannotHonourAreRefused() throws IOException, InterruptedException {
        Said said = demo("--config", "mine.json", "--message", "hello");

        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.out()).isEmpty();
        assertThat(said.err()).contains("chela demo takes no --config", "DIR/chela.json");
    }

    @Test
    void aScriptThatSaysNothingIsToldSo() throws IOException, InterruptedException {
        Said said = demo("--message", "  ");

        assertThat(said.exit()).isEqualTo(2);
        assertThat(said.out()).isEmpty();
        assertThat(said.err().lines()).singleElement().asString().contains("--message is empty");
    }

    @Test
    void aTerminalThatIsClosedInMidTurnLeavesNothingBehind() throws Exception {
        Path temporary = Files.createDirectory(home.resolve("tmp"));
        try (ChelaProcess demo =
                ChelaProcess.start(home, List.of("-Djava.io.tmpdir=" + temporary), "demo")) {
            demo.awaitLine("lists these phrases");
            demo.says("run touch begun; sleep 600");
            Await.until("the command", () -> existsIn(temporary, "begun"), demo::pid);

            demo.terminate();

            assertThat(demo.exit()).as(demo.err()).isEqualTo(128 + 15);
            assertThat(demo.err()).isEmpty();
            assertThat(demo.rest()).as("shown at its own end").isEmpty();
            assertThat(temporary).isDirectoryNotContaining("glob:**chela-demo*");
            assertThat(Leftovers.of(home)).isEmpty();
        }
    }

    @Test
    void aDemoThatKeptItsStateTellsOfTheCutTurnAtItsNextStartOnly() throws Exception {
        try (ChelaProcess demo = ChelaProcess.start(home, "demo", "--state", state())) {
            demo.awaitLine("lists these phrases");
            demo.says("run touch begun; sleep 600");
            Await.until("the command", () -> existsIn(home, "begun"), demo::pid);
            demo.terminate();
            assertThat(demo.exit()).as(demo.err()).isEqualTo(128 + 15);
            assertThat(demo.rest()).isEmpty();
        }

        Said next = ChelaProcess.run(home, List.of(), "demo", "--state", state());
        assertThat(next.out()).containsOnlyOnce("The bot was restarted while the agent worked");
    }

    @Test
    void theHelpNamesEveryExitStatus() throws IOException, InterruptedException {
        Said said = ChelaProcess.run(home, "demo", "--help");

        assertThat(said.exit()).isZero();
        assertThat(said.out())
                .containsSubsequence(
                        "Exit status:", "\n  0 ", "\n  1 ", "\n  2 ", "\n  3 ", "\n  4 ");
    }

    private static boolean existsIn(Path folder, String name) {
        try (Stream<Path> tree = Files.find(folder, 3, (path, kind) -> path.endsWith(name))) {
            return tree.findAny().isPresent();
        } catch (IOException | UncheckedIOException changing) {
            return false;
        }
    }

    private Said demo(String... words) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of("demo", "--state", state()));
        line.addAll(List.of(words));
        return ChelaProcess.run(home, line.toArray(String[]::new));
    }

    private String state() {
        return home.resolve("state").toString();
    }
}
