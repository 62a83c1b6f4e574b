package dev.chela.commands.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chela.harness.ReplyMode;
import dev.chela.harness.SessionKey;
import dev.chela.harness.Source;
import dev.chela.harness.ThreadId;
import dev.chela.harness.ToolCall;
import dev.chela.harness.TurnContext;
import dev.chela.harness.TurnId;
import dev.chela.harness.TurnKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MediaRootsTest {

    @TempDir private Path directory;
    private Path workspace;
    private MediaRoots roots;

    @BeforeEach
    void aWorkspaceWithAFileAndASecretBesideIt() throws IOException {
        workspace = Files.createDirectory(directory.resolve("work"));
        Files.writeString(workspace.resolve("report.txt"), "fine");
        Files.writeString(directory.resolve("secret.txt"), "hush");
        Files.createSymbolicLink(workspace.resolve("link"), directory.resolve("secret.txt"));
        roots = new MediaRoots(session -> List.of(workspace));
    }

    @Test
    void aFileOfTheWorkspaceMayGoOutByEitherPath() {
        assertThat(roots.attachments(call("report.txt"))).hasSize(1);
        assertThat(roots.attachments(call(workspace.resolve("report.txt").toString()))).hasSize(1);
    }

    @Test
    void nothingOutsideTheWorkspaceGoesOut() {
        for (String path :
                List.of("../secret.txt", directory.resolve("secret.txt").toString(), "link")) {
            assertThatThrownBy(() -> roots.attachments(call(path)))
                    .as(path)
                    .isInstanceOf(ToolRefusal.class)
                    .hasMessageContaining("outside the workspace");
        }
    }

    @Test
    void addressesFoldersAndMissingFilesAreRefused() {
        for (String path : List.of("https://example.org/a.png", "file:///etc/passwd", ".", "no")) {
            assertThatThrownBy(() -> roots.attachments(call(path)))
                    .as(path)
                    .isInstanceOf(ToolRefusal.class);
        }
    }

    static ToolCall call(String media) {
        return new ToolCall(
                new TurnContext(
                        new TurnKey("k"),
                        new SessionKey("agent:main:main"),
                        new Source("t", Source.Kind.DIRECT, "web", "1", "Ann", true),
                        ReplyMode.AUTOMATIC,
                        List.of(1L)),
                new ThreadId("th"),
                new TurnId("tu"),
                "call",
                Map.of("action", "send", "media", List.of(media)));
    }
}
