package dev.chela.harness.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chela.harness.appserver.OutsideWorkspaceException;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FoldersTest {

    private static final Path WORKSPACE = Path.of("/home/ada/work");

    @ParameterizedTest
    @CsvSource({
        "/srv/agent, /home/ada/work, /srv/agent",
        "/srv/agent/, /home/ada/work/x/y, /srv/agent/x/y",
        "/, /home/ada/work, /",
        "/, /home/ada/work/x, /x",
        "/srv/agent, /home/ada/work/a/../b, /srv/agent/b",
    })
    void aFolderInTheWorkspaceHasItsNameBelowTheRoot(String root, String here, String there) {
        var folders = new Folders(WORKSPACE, root);
        assertThat(folders.there(Path.of(here))).isEqualTo(there);
        assertThat(folders.here(there)).isEqualTo(Path.of(here).normalize());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/home/ada", "/home/ada/workshop", "/home/ada/work/../x", "/srv/agent"})
    void noOtherFolderIsNamedThere(String folder) {
        assertThatThrownBy(() -> new Folders(WORKSPACE, "/srv/agent").there(Path.of(folder)))
                .isInstanceOf(OutsideWorkspaceException.class)
                .hasMessageContaining("the agent's workspace " + WORKSPACE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/srv", "/srv/agents", "/srv/agent/../x", "/home/ada/work"})
    void noOtherFolderThereIsTakenForOneOfOurs(String folder) {
        assertThatThrownBy(() -> new Folders(WORKSPACE, "/srv/agent").here(folder))
                .isInstanceOf(OutsideWorkspaceException.class)
                .hasMessageContaining("/srv/agent");
    }
}
