package dev.chela.config.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.config.json5.Json5;
import dev.chela.config.json5.Json5Writer;
import dev.chela.config.json5.KeyPath;
import dev.chela.config.json5.Node;
import dev.chela.config.load.ConfigLoader;
import dev.chela.config.load.ConfigLocation;
import dev.chela.config.load.Environment;
import dev.chela.config.load.LoadResult;
import dev.chela.config.testing.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigEditorTest {

    private static final String TEXT =
            """
            {
              gateway: { mode: "local" },
              // people
              channels: { telegram: { botToken: "123:secret-value", allowFrom: ["1", "2"] } },
              mcp: { servers: { x: { env: { API_KEY: "hidden", HOME: "/x" } } } },
            }
            """;

    @TempDir private Path directory;
    private Path file;
    private ConfigLoader loader;
    private ConfigEditor editor;

    @BeforeEach
    void write() throws IOException {
        file = directory.resolve("chela.json");
        Files.writeString(file, TEXT);
        ConfigLocation location =
                new ConfigLocation(file, directory.resolve("state"), directory, directory);
        loader = new ConfigLoader(location, Environment.of(Map.of("TOKEN", "1:a")));
        editor = new ConfigEditor(loader, new ManualClock());
    }

    @Test
    void anEditIsWrittenPrivatelyAndBackedUp() throws IOException {
        assertThat(set("gateway.port", "1000")).isInstanceOf(EditResult.Saved.class);
        assertThat(Files.readString(file))
                .isEqualTo(TEXT.replace("\"local\" }", "\"local\", port: 1000 }"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(directory.resolve("chela.json.bak")).hasContent(TEXT);
        assertThat(directory.resolve("state/logs/config-audit.jsonl"))
                .content()
                .contains("gateway.port")
                .doesNotContain("1000");
    }

    @Test
    void onlyFiveBackupsAreKept() {
        for (int i = 1; i <= 8; i++) {
            set("gateway.port", String.valueOf(i));
        }
        assertThat(directory.resolve("chela.json.bak")).content().contains("port: 7");
        assertThat(directory.resolve("chela.json.bak.4")).content().contains("port: 3");
        assertThat(directory.resolve("chela.json.bak.5")).doesNotExist();
    }

    @Test
    void aBrokenResultIsNotWritten() throws IOException {
        EditResult result = set("gateway.prot", "1000");
        assertThat(result).isInstanceOf(EditResult.Invalid.class);
        assertThat(((EditResult.Invalid) result).problems().toString()).contains("did you mean");
        assertThat(Files.readString(file)).isEqualTo(TEXT);
    }

    @Test
    void aPlaceholderIsWrittenAsItIs() throws IOException {
        set("channels.telegram.botToken", "'${TOKEN}'");
        assertThat(Files.readString(file)).contains("botToken: \"${TOKEN}\"");
    }

    @Test
    void theSameValueIsNotWritten() {
        assertThat(set("gateway.mode", "'local'")).isInstanceOf(EditResult.Unchanged.class);
    }

    @Test
    void entriesAreNotExchangedByAccident() {
        assertThat(((EditResult.Refused) set("channels.telegram.allowFrom", "['3', '4']")).reason())
                .contains("would lose 2 entries");
        assertThat(set("channels.telegram.allowFrom", "['2', '1', '3']"))
                .isInstanceOf(EditResult.Saved.class);
    }

    @Test
    void whatAnEditCreatesIsItsOwnersAlone() throws IOException {
        Path home = directory.resolve("fresh");
        ConfigLocation fresh =
                new ConfigLocation(home.resolve("chela.json"), home, directory, directory);
        new ConfigEditor(new ConfigLoader(fresh, Environment.of(Map.of())), new ManualClock())
                .set(KeyPath.parse("gateway.mode"), Node.Text.of("local"), EditOptions.plain());

        for (String made : List.of("", "logs")) {
            assertThat(modes(home.resolve(made))).as(made).isEqualTo("rwx------");
        }
        assertThat(modes(home.resolve("logs/config-audit.jsonl"))).isEqualTo("rw-------");
    }

    @Test
    void entriesAreNotDroppedByAccident() {
        EditResult result = set("channels.telegram.allowFrom", "['2']");
        assertThat(((EditResult.Refused) result).reason()).contains("would lose an entry");
        EditOptions replace = new EditOptions(false, true, false, false, Optional.empty());
        assertThat(editor.set(path("channels.telegram.allowFrom"), value("['3']"), replace))
                .isInstanceOf(EditResult.Saved.class);
    }

    @Test
    void mergingKeepsTheOtherKeys() throws IOException {
        EditOptions merge = new EditOptions(true, false, false, false, Optional.empty());
        editor.set(path("channels.telegram"), value("{ linkPreview: false }"), merge);
        assertThat(Files.readString(file)).contains("123:secret-value").contains("linkPreview");
    }

    @Test
    void losingTheModeOrMostOfTheFileNeedsForce() {
        EditResult mode = editor.unset(path("gateway.mode"), EditOptions.plain());
        assertThat(((EditResult.Refused) mode).reason()).contains("gateway.mode");
        EditResult most = editor.unset(path("channels"), EditOptions.plain());
        assertThat(most).isInstanceOf(EditResult.Saved.class);
    }

    @Test
    void anEditOnAnOldVersionIsRefused() {
        EditOptions old = new EditOptions(false, false, false, false, Optional.of("0000"));
        EditResult result = editor.set(path("gateway.port"), value("1"), old);
        assertThat(((EditResult.Refused) result).reason()).contains("meanwhile");
    }

    @Test
    void aDryRunWritesNothing() throws IOException {
        EditOptions dry = new EditOptions(false, false, false, true, Optional.empty());
        assertThat(editor.set(path("gateway.port"), value("1"), dry))
                .isInstanceOf(EditResult.Saved.class);
        assertThat(Files.readString(file)).isEqualTo(TEXT);
    }

    @Test
    void aPatchSetsAndRemoves() throws IOException {
        EditResult result =
                editor.patch(
                        (Node.Obj) value("{ gateway: { port: 5 }, mcp: null }"),
                        EditOptions.plain());
        assertThat(result).isInstanceOf(EditResult.Saved.class);
        assertThat(Files.readString(file)).contains("port: 5").doesNotContain("mcp");
    }

    @Test
    void secretsAreStarsWhereverTheyStand() {
        String shown = Json5Writer.json(editor.get(KeyPath.ROOT).orElseThrow());
        assertThat(shown)
                .doesNotContain("secret-value")
                .doesNotContain("hidden")
                .contains("\"botToken\": \"***\"")
                .contains("\"mode\": \"local\"");
        assertThat(editor.get(path("no.such"))).isEmpty();
    }

    @Test
    void whatLooksLikeASecretIsStarsUnderAnyKey() throws IOException {
        Files.writeString(
                file,
                """
                {
                  mcp: { servers: { x: { command: "x", args: ["--key", "sk-0123456789abcdefghij"] } } },
                  channels: { telegram: { apiRoot: "http://127.0.0.1:1/bot123:abcdef" } },
                }
                """);
        assertThat(Json5Writer.json(editor.get(KeyPath.ROOT).orElseThrow()))
                .doesNotContain("sk-0123")
                .doesNotContain("abcdef")
                .contains("http://127.0.0.1:1***", "--key");
    }

    @Test
    void aWriteGoesThroughToASingleInclude() throws IOException {
        Files.writeString(directory.resolve("tg.json5"), "{ allowFrom: ['1'] } // mine\n");
        String main =
                "{ gateway: { mode: 'local' }, channels: { telegram: { $include: './tg.json5' } } }";
        Files.writeString(file, main);
        assertThat(set("channels.telegram.linkPreview", "false"))
                .isInstanceOf(EditResult.Saved.class);
        assertThat(Files.readString(file)).isEqualTo(main);
        assertThat(directory.resolve("tg.json5"))
                .hasContent("{ allowFrom: ['1'], linkPreview: false } // mine\n");
        assertThat(set("channels.telegram.linkPreviw", "false"))
                .isInstanceOf(EditResult.Invalid.class);
    }

    @Test
    void aWriteThatWouldFlattenIncludesIsRefused() throws IOException {
        Files.writeString(directory.resolve("a.json5"), "{ allowFrom: ['1'] }");
        Files.writeString(
                file, "{ channels: { telegram: { $include: ['./a.json5'], linkPreview: true } } }");
        EditResult result = set("channels.telegram.richMessages", "true");
        assertThat(((EditResult.Refused) result).reason()).contains("includes");
    }

    @Test
    void aMissingFileIsMade() throws IOException {
        Files.delete(file);
        assertThat(set("gateway.mode", "'local'")).isInstanceOf(EditResult.Saved.class);
        assertThat(file).hasContent("{\n  gateway: {\n    mode: \"local\",\n  },\n}\n");
    }

    @Test
    void aFileThatIsNotJson5IsLeftAlone() throws IOException {
        Files.writeString(file, "{ gateway: ");
        assertThat(set("gateway.port", "1")).isInstanceOf(EditResult.Refused.class);
        assertThat(Files.readString(file)).isEqualTo("{ gateway: ");
    }

    @Test
    void theLastKnownGoodCopyLoadsWhenTheFileIsBroken() throws IOException {
        LastKnownGood copy = new LastKnownGood(loader);
        assertThat(copy.load()).isInstanceOf(LoadResult.Broken.class);
        copy.remember();
        Files.writeString(file, "{ broken");
        assertThat(loader.load()).isInstanceOf(LoadResult.Broken.class);
        LoadResult.Loaded loaded = (LoadResult.Loaded) copy.load();
        assertThat(loaded.config().gateway().mode()).isPresent();
        assertThat(file).hasContent("{ broken");
    }

    private EditResult set(String path, String value) {
        return editor.set(path(path), value(value), EditOptions.plain());
    }

    private static String modes(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static KeyPath path(String path) {
        return KeyPath.parse(path);
    }

    private static Node value(String text) {
        return Json5.parse(text, "value");
    }
}
