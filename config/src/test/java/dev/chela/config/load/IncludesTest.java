package dev.chela.config.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.config.ChelaConfig;
import dev.chela.config.QueueMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IncludesTest {

    @TempDir private Path directory;

    @Test
    void aNamedFileTakesThePlaceOfItsObject() throws IOException {
        write("queue.json5", "{ mode: 'collect', cap: 7 }");
        assertThat(queue("{ messages: { queue: { $include: './queue.json5' } } }").cap())
                .isEqualTo(7);
    }

    @Test
    void laterFilesAndKeysBesideWin() throws IOException {
        write("a.json5", "{ mode: 'collect', cap: 1 }");
        write("sub/b.json5", "{ cap: 2, $include: '../c.json5' }");
        write("c.json5", "{ cap: 9, drop: '${DROP}' }");
        var queue =
                queue(
                        "{ messages: { queue: { $include: ['a.json5', 'sub/b.json5'], debounceMs: 3"
                                + " } } }");
        assertThat(queue.mode()).isEqualTo(QueueMode.COLLECT);
        assertThat(queue.cap()).isEqualTo(2);
        assertThat(queue.debounce()).hasMillis(3);
        assertThat(queue.drop().name()).isEqualTo("NEW");
    }

    @Test
    void errorsNameTheIncludedFileAndItsLine() throws IOException {
        write("queue.json5", "{\n  cpa: 7 }");
        assertThat(problem("{ messages: { queue: { $include: 'queue.json5' } } }"))
                .isEqualTo(
                        "messages.queue.cpa: unknown key (queue.json5 line 2; did you mean"
                                + " \"cap\"?)");
    }

    @Test
    void whatCannotBeIncludedIsNamed() throws IOException {
        write("self.json5", "{ $include: 'self.json5' }");
        write("bad.json5", "{\n a b }");
        Path outside = Files.writeString(directory.resolve("outside.json5"), "{}");
        Files.createSymbolicLink(config().resolve("link.json5"), outside);
        assertThat(problem("{ $include: 'gone.json5' }")).contains("gone.json5 does not exist");
        assertThat(problem("{ $include: 'self.json5' }")).contains("includes itself");
        assertThat(problem("{ $include: 'bad.json5' }")).contains("bad.json5 line 2, column 4");
        assertThat(problem("{ $include: '../outside.json5' }")).contains("outside the config");
        assertThat(problem("{ $include: 'link.json5' }")).contains("outside the config");
        assertThat(problem("{ $include: '/etc/passwd' }")).contains("outside the config");
        assertThat(problem("{ $include: 'a\\0b' }")).contains("is not a file name");
        assertThat(problem("{ $include: 7 }")).contains("expected a file name");
    }

    @Test
    void tenLevelsAreEnough() throws IOException {
        for (int i = 0; i < 12; i++) {
            write("l" + i + ".json5", "{ $include: 'l" + (i + 1) + ".json5' }");
        }
        assertThat(problem("{ $include: 'l0.json5' }")).contains("deeper than 10");
    }

    private dev.chela.config.QueueConfig queue(String text) throws IOException {
        LoadResult result = load(text);
        assertThat(result).isInstanceOf(LoadResult.Loaded.class);
        ChelaConfig config = ((LoadResult.Loaded) result).config();
        return config.messages().queue();
    }

    private String problem(String text) throws IOException {
        return ConfigLoaderTest.problems(load(text)).getFirst();
    }

    private LoadResult load(String text) throws IOException {
        Path file = write("chela.json", text);
        ConfigLocation location = new ConfigLocation(file, directory, directory, directory);
        return new ConfigLoader(location, Environment.of(Map.of("DROP", "new"))).load();
    }

    private Path config() throws IOException {
        return Files.createDirectories(directory.resolve("config"));
    }

    private Path write(String name, String text) throws IOException {
        Path file = config().resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}
