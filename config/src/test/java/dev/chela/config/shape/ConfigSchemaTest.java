package dev.chela.config.shape;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.chela.config.ChelaConfig;
import dev.chela.config.json5.Json5;
import dev.chela.config.json5.Json5Writer;
import dev.chela.config.load.LoadResult;
import dev.chela.config.testing.TestConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Goal: an editor and the program say the same. Method: both read the same texts. */
class ConfigSchemaTest {

    private static final Schema SCHEMA =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(
                            ConfigSchema.json(new Shapes().of(ChelaConfig.class)),
                            InputFormat.JSON);

    private static final Map<String, String> VARIABLES =
            Map.of(
                    "TELEGRAM_BOT_TOKEN", "123456:example-token",
                    "DISCORD_BOT_TOKEN", "example-token",
                    "CHELA_GATEWAY_TOKEN", "example-token");

    static Stream<Path> examples() throws IOException {
        return Files.list(Path.of("..", "examples")).sorted();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleLoadsAndFitsTheSchema(Path example) throws IOException {
        String text = Files.readString(example);
        LoadResult result = TestConfig.load(text, VARIABLES);
        assertThat(result).isInstanceOf(LoadResult.Loaded.class);
        assertThat(((LoadResult.Loaded) result).warnings())
                .allSatisfy(
                        warning -> assertThat(warning.toString()).contains("not in effect yet"));
        assertThat(check(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"telegram.json5", "web.json5"})
    void whatTheExamplesOfWorkingChannelsSetIsInEffect(String example) throws IOException {
        String text = Files.readString(Path.of("..", "examples", example));
        LoadResult result = TestConfig.load(text, VARIABLES);
        assertThat(((LoadResult.Loaded) result).warnings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{ $schema: './s.json', gateway: { port: 1 } }",
                "{ agents: { defaults: { model: 'a/b' } } }",
                "{ channels: { telegram: { streaming: 'off', allowFrom: [1, '2', '*'] } } }",
                "{ channels: { telegram: { webhookPort: 1, webhookPath: '/x' } } }",
                "{ plugins: { entries: { codex: { config: { appServer: { args: 'a b' } } } } } }",
                "{ plugins: { entries: { other: { anything: [1] } } } }",
                "{ commands: { native: true, nativeSkills: 'auto' } }",
                "{ env: { A: 'x', vars: { B: 'y' } } }",
                "{ mcp: { servers: { a: { command: 'x', strange: { y: 1 } } } } }",
                "{ auth: { order: { openai: ['a'] } } }"
            })
    void bothAccept(String text) {
        assertThat(TestConfig.load(text, Map.of())).isInstanceOf(LoadResult.Loaded.class);
        assertThat(check(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ gatway: {} }",
                "{ gateway: { port: 'x' } }",
                "{ gateway: { port: 70000 } }",
                "{ gateway: { port: 1.5 } }",
                "{ gateway: { mode: 'remote' } }",
                "{ gateway: [] }",
                "{ messages: { queue: { cap: 0 } } }",
                "{ messages: { queue: { byChannel: { slack: 'x' } } } }",
                "{ session: { maintenance: { pruneAfter: '30 days' } } }",
                "{ session: { maintenance: { pruneAfter: 30 } } }",
                "{ agents: { list: [{ name: 'no id' }] } }",
                "{ agents: { list: [{ id: 'UPPER' }] } }",
                "{ commands: { text: 'yes' } }",
                "{ channels: { telegram: { botToken: 5 } } }",
                "{ channels: { telegram: { botToken: ' ' } } }",
                "{ channels: { discord: { token: { source: 'env' } } } }",
                "{ channels: { discord: { guilds: { name: {} } } } }",
                "{ channels: { telegram: { accounts: { 'A B': {} } } } }",
                "{ channels: { telegram: { webhookFoo: 1 } } }",
                "{ plugins: { allow: 'codex' } }",
                "{ tools: { exec: { host: null } } }",
                "{ bindings: [{ agentId: 'main' }] }"
            })
    void bothRefuse(String text) {
        assertThat(TestConfig.load(text, Map.of())).isInstanceOf(LoadResult.Broken.class);
        assertThat(check(text)).isNotEmpty();
    }

    private static List<Error> check(String json5) {
        String json = Json5Writer.json(Json5.parse(json5, "t"));
        return SCHEMA.validate(json, InputFormat.JSON);
    }
}
