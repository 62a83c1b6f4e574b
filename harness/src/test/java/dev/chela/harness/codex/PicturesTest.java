package dev.chela.harness.codex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.harness.Prompt;
import dev.chela.harness.appserver.protocol.UserInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PicturesTest {

    @TempDir private Path directory;

    @Test
    void aPictureGoesInlineWithoutItsPath() throws IOException {
        Path picture = Files.write(directory.resolve("cat.JPG"), new byte[] {1, 2, 3});
        assertThat(Pictures.input(new Prompt("look", List.of(picture))))
                .containsExactly(
                        UserInput.text("look"),
                        new UserInput.Image("data:image/jpeg;base64,AQID", null));
    }

    @Test
    void whatCannotBeShownIsNamedAfterTheWords() throws IOException {
        Path large = Files.write(directory.resolve("large.png"), new byte[10 * 1024 * 1024]);
        Path missing = directory.resolve("missing.png");
        assertThat(Pictures.input(new Prompt("look", List.of(large, missing))))
                .containsExactly(
                        UserInput.text("look"),
                        UserInput.text(
                                "[pictures not shown, because too large or not readable:"
                                        + " large.png, missing.png]"));
    }
}
