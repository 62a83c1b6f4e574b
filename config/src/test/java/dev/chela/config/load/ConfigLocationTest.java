package dev.chela.config.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chela.config.load.ConfigLocation.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLocationTest {

    private static final Path HOME = Path.of("/home/ann");
    private static final Path WORK = Path.of("/work/here");

    @Test
    void withoutAnyWordBothAreInTheHome() {
        ConfigLocation location = at(Options.none(), Map.of());
        assertThat(location.file()).isEqualTo(HOME.resolve(".chela/chela.json"));
        assertThat(location.stateDirectory()).isEqualTo(HOME.resolve(".chela"));
    }

    @Test
    void theCommandLineBeatsTheEnvironment() {
        Options options = new Options(Optional.of(Path.of("x.json")), Optional.of("dev"));
        ConfigLocation location =
                at(options, Map.of("CHELA_CONFIG_PATH", "/y.json", "CHELA_PROFILE", "other"));
        assertThat(location.file()).isEqualTo(WORK.resolve("x.json"));
        assertThat(location.stateDirectory()).isEqualTo(HOME.resolve(".chela-dev"));
    }

    @Test
    void theReferencesVariablesAreReadWhereOursAreUnset() {
        assertThat(at(Options.none(), Map.of("OPENCLAW_STATE_DIR", "~/oc")).stateDirectory())
                .isEqualTo(HOME.resolve("oc"));
        assertThat(
                        at(
                                        Options.none(),
                                        Map.of("OPENCLAW_STATE_DIR", "/a", "CHELA_STATE_DIR", "/b"))
                                .file())
                .isEqualTo(Path.of("/b/chela.json"));
    }

    @Test
    void aProfileCannotLeaveTheHome() {
        Options options = new Options(Optional.empty(), Optional.of("../x"));
        assertThatThrownBy(() -> at(options, Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void envFilesFillInAndOverrideNothing(@TempDir Path directory) throws IOException {
        Path state = Files.createDirectories(directory.resolve("state"));
        Files.writeString(directory.resolve(".env"), "A=work\nB=work # note\n");
        Files.writeString(
                state.resolve(".env"), "# c\nexport B=state\nC='a # b'\nD=\"x\\ny\"\nnonsense\n");
        ConfigLocation location =
                new ConfigLocation(state.resolve("chela.json"), state, directory, directory);
        Environment environment = location.withDotEnv(Environment.of(Map.of("A", "process")));
        assertThat(environment.get("A")).contains("process");
        assertThat(environment.get("B")).contains("work");
        assertThat(environment.get("C")).contains("a # b");
        assertThat(environment.get("D")).contains("x\ny");
    }

    private static ConfigLocation at(Options options, Map<String, String> variables) {
        return ConfigLocation.of(options, Environment.of(variables), HOME, WORK);
    }
}
