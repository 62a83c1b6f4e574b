package dev.chela.config.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.config.AppServerConfig;
import dev.chela.config.ChelaConfig;
import dev.chela.config.QueueConfig;
import dev.chela.config.QueueMode;
import dev.chela.config.Secret;
import dev.chela.config.SecretInput;
import dev.chela.config.SessionConfig;
import dev.chela.config.TelegramAccount;
import dev.chela.config.testing.TestConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigLoaderTest {

    @Test
    void anEmptyFileGivesTheDocumentedDefaults() {
        ChelaConfig config = TestConfig.defaults();
        assertThat(config.gateway().port()).isEqualTo(18789);
        assertThat(config.gateway().mode()).isEmpty();
        assertThat(config.messages().queue())
                .isEqualTo(
                        new QueueConfig(
                                QueueMode.STEER,
                                Duration.ofMillis(500),
                                20,
                                QueueConfig.Drop.SUMMARIZE,
                                Map.of(),
                                Map.of()));
        assertThat(config.session().dmScope()).isEqualTo(SessionConfig.DmScope.MAIN);
        assertThat(config.session().resetTriggers()).containsExactly("/new", "/reset");
        assertThat(config.agents().defaultAgent().id()).isEqualTo("main");
        assertThat(config.agents().defaults().maxConcurrent()).isEqualTo(16);
        assertThat(config.agents().defaults().timeout()).isEqualTo(Duration.ofHours(48));
        AppServerConfig server = config.plugins().codex().appServer();
        assertThat(server.args()).containsExactly("app-server", "--listen", "stdio://");
        assertThat(server.requestTimeout()).isEqualTo(Duration.ofMinutes(1));
        assertThat(config.channels().telegram()).isEmpty();
        assertThat(config.channels().web().settings().enabled()).isTrue();
        assertThat(config.plugins().codexRuns()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {}                                                                | `plugins.entries.codex.enabled` is not `true`
                    { entries: { codex: { enabled: true } } }                         |
                    { enabled: false, entries: { codex: { enabled: true } } }         | `plugins.enabled` is `false`
                    { deny: ['codex'], entries: { codex: { enabled: true } } }        | `plugins.deny` names `codex`
                    { allow: ['other'] }                                              | `plugins.allow` does not name `codex`
                    { allow: ['codex'], entries: { codex: { enabled: true } } }       |
                    """)
    void theKeyThatKeepsCodexFromRunningIsNamed(String plugins, String why) {
        ChelaConfig config = TestConfig.of("{ plugins: %s }".formatted(plugins.strip()));

        assertThat(config.plugins().codexOff()).isEqualTo(Optional.ofNullable(why));
    }

    @Test
    void everythingWrongIsToldAtOnceWithPathAndLine() {
        LoadResult result =
                TestConfig.load(
                        """
                        {
                          gateway: { prot: 1, port: 'x' },
                          messages: { queue: { mode: "steeer", cap: 0 } },
                          session: [],
                        }
                        """,
                        Map.of());
        assertThat(problems(result))
                .containsExactlyInAnyOrder(
                        "gateway.prot: unknown key (chela.json line 2; did you mean \"port\"?)",
                        "gateway.port: expected a number, found a text (chela.json line 2)",
                        "messages.queue.mode: expected one of steer, queue, followup, collect,"
                                + " interrupt, found \"steeer\" (chela.json line 3; did you mean"
                                + " \"steer\"?)",
                        "messages.queue.cap: must be between 1 and 10000, found 0 (chela.json line"
                                + " 3)",
                        "session: expected an object, found a list (chela.json line 4)");
    }

    @Test
    void whatDoesNotAgreeIsToldTogetherWithWhatIsMisspelt() {
        LoadResult result =
                TestConfig.load(
                        """
                        {
                          gateway: { prot: 1, bind: "lan", auth: { tokn: "x" } },
                          agents: { defaults: { workspace: "${NOT_SET}" } },
                          channels: { web: { dmPolicy: "open", mediaMaxMb: "big" } },
                        }
                        """,
                        Map.of());

        assertThat(((LoadResult.Broken) result).problems())
                .extracting(problem -> problem.path().toString())
                .containsExactlyInAnyOrder(
                        "gateway.prot",
                        "gateway.auth.tokn",
                        "agents.defaults.workspace",
                        "channels.web.mediaMaxMb",
                        "channels.web.allowFrom");
    }

    @Test
    void whatAVariableHoldsIsInNoMessage() {
        LoadResult result =
                TestConfig.load(
                        "{ agents: { defaults: { model: '${KEY}', imageModel: 'plain' } } }",
                        Map.of("KEY", "sk-secret"));

        assertThat(problems(result))
                .anyMatch(told -> told.startsWith("agents.defaults.model: \"***\" is not"))
                .anyMatch(told -> told.contains("\"plain\" is not"))
                .noneMatch(told -> told.contains("sk-secret"));
    }

    @Test
    void aSyntaxErrorSaysWhere() {
        assertThat(problems(TestConfig.load("{\n  a: 1\n  b: 2 }", Map.of())))
                .containsExactly(
                        "(root): column 3: expected , or }, found 'b' (chela.json line 3)");
    }

    @Test
    void onlyTheRootsSchemaKeyIsFree() {
        assertThat(TestConfig.load("{ $schema: 'x' }", Map.of()))
                .isInstanceOf(LoadResult.Loaded.class);
        assertThat(problems(TestConfig.load("{ gateway: { $schema: 'x' } }", Map.of()))).hasSize(1);
    }

    @Test
    void variablesArePutInAndDollarsEscapeThem() {
        ChelaConfig config =
                loaded(
                        "{ messages: { responsePrefix: 'a ${NAME} $${NAME} ${name}' } }",
                        Map.of("NAME", "b"));
        assertThat(config.messages().responsePrefix()).contains("a b ${NAME} ${name}");
    }

    @Test
    void aMissingVariableNamesPathAndVariable() {
        assertThat(
                        problems(
                                TestConfig.load(
                                        "{ channels: { telegram: { botToken: '${NO_SUCH}' } } }",
                                        Map.of())))
                .containsExactly(
                        "channels.telegram.botToken: the variable NO_SUCH is not set or empty"
                                + " (chela.json line 1)");
    }

    @Test
    void theEnvBlockFillsOnlyWhatIsUnset() {
        String text =
                "{ env: { A: 'config', vars: { B: 'config' } }, messages: { responsePrefix:"
                        + " '${A} ${B}' } }";
        assertThat(loaded(text, Map.of("A", "process")).messages().responsePrefix())
                .contains("process config");
    }

    @Test
    void secretsAreTextsOrReferencesAndNeverPrinted() {
        ChelaConfig config =
                loaded(
                        """
                        { channels: { telegram: { botToken: '123:abc' },
                          discord: { token: { source: 'env', id: 'BOT' } } } }
                        """,
                        Map.of());
        TelegramAccount telegram =
                config.channels().telegram().orElseThrow().accounts().get("default");
        assertThat(telegram.botToken()).contains(new SecretInput.Literal(Secret.of("123:abc")));
        assertThat(config.toString()).doesNotContain("123:abc");
    }

    @Test
    void anAccountBeatsItsChannelAndTheChannelTheDefaults() {
        ChelaConfig config =
                loaded(
                        """
                        { channels: {
                          defaults: { historyLimit: 1, dmHistoryLimit: 1, mediaMaxMb: 1 },
                          telegram: {
                            botToken: '1:a', dmHistoryLimit: 2, mediaMaxMb: 2,
                            retry: { attempts: 5 },
                            accounts: { work: { botToken: '2:b', mediaMaxMb: 3,
                              retry: { jitter: 0.5 } } } } } }
                        """,
                        Map.of());
        Map<String, TelegramAccount> accounts =
                config.channels().telegram().orElseThrow().accounts();
        assertThat(accounts.keySet()).containsExactly("default", "work");
        TelegramAccount work = accounts.get("work");
        assertThat(work.settings().historyLimit()).contains(1);
        assertThat(work.settings().dmHistoryLimit()).contains(2);
        assertThat(work.settings().mediaMaxMb()).contains(3);
        assertThat(work.settings().retry().attempts()).isEqualTo(5);
        assertThat(work.settings().retry().jitter()).isEqualTo(0.5);
        assertThat(work.botToken()).contains(new SecretInput.Literal(Secret.of("2:b")));
    }

    @Test
    void aNamedAccountDoesNotInheritTheChannelsToken() {
        ChelaConfig config =
                loaded(
                        "{ channels: { telegram: { botToken: '1:a', accounts: { b: {} } } } }",
                        Map.of("TELEGRAM_BOT_TOKEN", "9:z"));
        Map<String, TelegramAccount> accounts =
                config.channels().telegram().orElseThrow().accounts();
        assertThat(accounts.get("b").botToken()).isEmpty();
        assertThat(accounts.get("default").botToken())
                .contains(new SecretInput.Literal(Secret.of("1:a")));
    }

    @Test
    void theDefaultAccountTakesItsTokenFromTheEnvironment() {
        ChelaConfig config =
                loaded("{ channels: { telegram: {} } }", Map.of("TELEGRAM_BOT_TOKEN", "9:z"));
        assertThat(config.channels().telegram().orElseThrow().accounts().get("default").botToken())
                .isEqualTo(
                        Optional.of(
                                new SecretInput.Ref(
                                        dev.chela.config.SecretSource.ENV,
                                        "default",
                                        "TELEGRAM_BOT_TOKEN")));
    }

    @Test
    void argumentsMayBeOneShellLine() {
        ChelaConfig config = codex("appServer: { args: \"a 'b c' d\\\\ e\" }");
        assertThat(config.plugins().codex().appServer().args()).containsExactly("a", "b c", "d e");
    }

    @Test
    void anExplicitNullClearsTheServiceTier() {
        assertThat(
                        codex("appServer: { serviceTier: null }")
                                .plugins()
                                .codex()
                                .appServer()
                                .serviceTier())
                .contains("none");
    }

    @Test
    void aModelMayBeATextOrAnObject() {
        ChelaConfig config = loaded("{ agents: { defaults: { model: 'openai/x' } } }", Map.of());
        assertThat(config.agents().defaults().model().orElseThrow().primary()).contains("openai/x");
    }

    @Test
    void numericIdsInListsAreTexts() {
        ChelaConfig config =
                loaded("{ channels: { telegram: { allowFrom: [12345678901] } } }", Map.of());
        assertThat(config.channels().telegram().orElseThrow().base().settings().allowFrom())
                .containsExactly("12345678901");
    }

    @Test
    void retiredKeysWarn() {
        LoadResult result = TestConfig.load("{ session: { mainKey: 'x' } }", Map.of());
        assertThat(((LoadResult.Loaded) result).warnings())
                .singleElement()
                .hasToString(
                        "session.mainKey: is no longer used: the main bucket is always main"
                                + " (chela.json line 1)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    channels: { telegram: { dmPolicy: 'open' } } | channels.telegram.allowFrom
                    channels: { telegram: { dmPolicy: 'allowlist' } } | channels.telegram.allowFrom
                    channels: { telegram: { allowFrom: ['ann'] } } | channels.telegram.allowFrom
                    channels: { telegram: { botToken: 'hello' } } | channels.telegram.botToken
                    channels: { telegram: { apiRoot: 'http://x.y/bot1:a' } } | channels.telegram.apiRoot
                    channels: { telegram: { groups: { fun: {} } } } | channels.telegram.groups.fun
                    channels: { telegram: { accounts: { a: { botToken: '1:a' }, b: { botToken: '1:a' } } } } | channels.telegram.accounts.b.botToken
                    channels: { telegram: { defaultAccount: 'x' } } | channels.telegram.defaultAccount
                    channels: { slack: { channels: { general: {} } } } | channels.slack.channels
                    channels: { slack: { mode: 'http' } } | channels.slack.signingSecret
                    channels: { slack: { botToken: 'abc' } } | channels.slack.botToken
                    gateway: { bind: 'lan' } | gateway.auth.token
                    gateway: { bind: 'lan', auth: { mode: 'none' } } | gateway.auth.mode
                    gateway: { auth: { mode: 'none' }, controlUi: { allowedOrigins: ['http://localhost', 'chat.example'] } } | gateway.auth.mode
                    gateway: { controlUi: { allowedOrigins: ['ftp://chat.example'] } } | gateway.controlUi.allowedOrigins
                    gateway: { controlUi: { allowedOrigins: ['https://chat.example/page'] } } | gateway.controlUi.allowedOrigins
                    agents: { list: [{ id: 'a' }, { id: 'a' }] } | agents.list[1].id
                    agents: { list: [{ id: 'A' }] } | agents.list[0].id
                    agents: { list: [{ id: 'a', default: true }, { id: 'b', default: true }] } | agents.list
                    agents: { defaults: { model: 'gpt' } } | agents.defaults.model
                    agents: { defaults: { model: 'codex/gpt' } } | agents.defaults.model
                    bindings: [{ agentId: 'b', match: { channel: 'web' } }] | bindings[0].agentId
                    bindings: [{ match: { channel: 'web' } }] | bindings[0].agentId
                    plugins: { allow: [], entries: { codex: { enabled: true } } } | plugins.allow
                    plugins: { entries: { codex: { config: { appServer: { transport: 'websocket' } } } } } | plugins.entries.codex.config.appServer.url
                    tools: { exec: { mode: 'deny' } }, plugins: { entries: { codex: { enabled: true } } } | tools.exec.mode
                    tools: { exec: { mode: 'allowlist' } }, plugins: { entries: { codex: { enabled: true } } } | tools.exec.mode
                    plugins: { entries: { codex: { config: { appServer: { transport: 'websocket', url: 'ws://localhost:1', outlivesBot: true } } } } } | plugins.entries.codex.config.appServer.outlivesBot
                    plugins: { entries: { codex: { config: { appServer: { transport: 'websocket', url: 'wss://codex.example' } } } } } | plugins.entries.codex.config.appServer.authToken
                    plugins: { entries: { codex: { config: { appServer: { transport: 'websocket', url: 'ws://127.evil.example:1', headers: { 'X-Key': 'k' } } } } } } | plugins.entries.codex.config.appServer.authToken
                    plugins: { entries: { codex: { config: { appServer: { transport: 'unix' } } } } } | plugins.entries.codex.config.appServer.transport
                    plugins: { entries: { codex: { config: { appServer: { command: 'codex --x' } } } } } | plugins.entries.codex.config.appServer.command
                    plugins: { entries: { codex: { config: { codexPlugins: { plugins: { '*': {} } } } } } } | plugins.entries.codex.config.codexPlugins.plugins["*"]
                    secrets: { providers: { v: { source: 'exec', command: 'op' } } } | secrets.providers.v.command
                    channels: { discord: { token: { source: 'exec', id: 'a/../b' } } } | channels.discord.token.id
                    """)
    void rulesAreHeldTo(String text, String path) {
        assertThat(problems(TestConfig.load("{ " + text + " }", Map.of())))
                .singleElement()
                .asString()
                .startsWith(path + ":");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "url: 'ws://127.0.0.1:1'",
                "url: 'ws://[::1]:1'",
                "url: 'ws://Localhost:1'",
                "url: 'wss://codex.example', authToken: '${TOKEN}'",
                "url: 'wss://codex.example', headers: { authorization: 'Basic ${TOKEN}' }",
            })
    void anAppServerOfThisMachineOrOneThatAsksForProofIsFine(String server) {
        String text =
                "{ plugins: { entries: { codex: { config: { appServer: { transport: 'websocket', "
                        + server
                        + " } } } } } }";
        assertThat(TestConfig.load(text, Map.of("TOKEN", "t")))
                .isInstanceOf(LoadResult.Loaded.class);
    }

    @Test
    void anAppServerElsewhereWithoutProofIsRefusedWithTheNextStep() {
        String text =
                "{ plugins: { entries: { codex: { config: { appServer: { transport: 'websocket',"
                        + " url: 'wss://codex.example' } } } } } }";
        assertThat(problems(TestConfig.load(text, Map.of())))
                .singleElement()
                .asString()
                .contains("is required when appServer.url is not on this machine")
                .contains("Authorization header")
                .contains("--ws-auth");
    }

    @Test
    void theGatewayStartsOnlyWhereSomebodySaidSo() {
        assertThat(ConfigRules.refusalToStart(TestConfig.defaults())).isPresent();
        assertThat(ConfigRules.refusalToStart(TestConfig.of("{ gateway: { mode: 'local' } }")))
                .isEmpty();
    }

    @Test
    void aGroupOfToolsThatForbidsNothingIsWarnedOf() {
        LoadResult result =
                TestConfig.load(
                        """
                        { tools: { deny: ["exec", "group:runtime"] },
                          agents: { list: [{ id: "a", tools: { deny: ["group:fs"] } }] } }
                        """,
                        Map.of());

        assertThat(((LoadResult.Loaded) result).warnings())
                .extracting(Problem::toString)
                .satisfiesExactlyInAnyOrder(
                        one ->
                                assertThat(one)
                                        .contains("tools.deny", "group:runtime forbids nothing"),
                        one -> assertThat(one).contains("agents.list[0].tools.deny", "group:fs"));
    }

    @Test
    void toolOnlyRepliesWithoutTheToolAreWarnedOf() {
        LoadResult result =
                TestConfig.load(
                        """
                        { messages: { visibleReplies: "message_tool" },
                          plugins: { entries: { codex: { config: {
                            codexDynamicToolsExclude: ["Message"] } } } } }
                        """,
                        Map.of());

        assertThat(((LoadResult.Loaded) result).warnings())
                .singleElement()
                .asString()
                .startsWith("messages.visibleReplies: is not kept to")
                .contains("posted as they are", "line 1");
    }

    @Test
    void aKeyWithoutEffectIsAWarningThatSaysWhatHappensInstead() {
        LoadResult result =
                TestConfig.load(
                        """
                        {
                          session: { sendPolicy: { default: "deny" } },
                          agents: { defaults: { blockStreamingDefault: "on", maxConcurrent: 3 } },
                          channels: { telegram: { webhookUrl: "https://x.example",
                            botToken: "${TOKEN}", replyToMode: "off" } },
                          plugins: { entries: { weather: { enabled: true } } },
                        }
                        """,
                        Map.of("TOKEN", "123456:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"));

        assertThat(((LoadResult.Loaded) result).warnings())
                .extracting(Problem::toString)
                .satisfiesExactlyInAnyOrder(
                        one ->
                                assertThat(one)
                                        .isEqualTo(
                                                "session.sendPolicy: accepted, not in effect yet"
                                                        + " (answers are sent everywhere) (chela.json"
                                                        + " line 2)"),
                        one ->
                                assertThat(one)
                                        .startsWith("agents.defaults.blockStreamingDefault: "),
                        one -> assertThat(one).startsWith("channels.telegram.webhookUrl: "),
                        one -> assertThat(one).startsWith("channels.telegram.replyToMode: "),
                        one -> assertThat(one).startsWith("plugins.entries.weather: "));
    }

    @Test
    void expressionsThatRe2DoesNotTakeAreRefused() {
        LoadResult result =
                TestConfig.load(
                        """
                        { messages: { groupChat: { mentionPatterns: ["ok", "(?<=a)b"] } },
                          agents: { list: [{ id: "main", groupChat: { mentionPatterns: ["x*"] } }] },
                          logging: { redactPatterns: ["["] },
                          gateway: { controlUi: { allowedOrigins: ["https://a b"] } } }
                        """,
                        Map.of());

        assertThat(problems(result))
                .anySatisfy(
                        one ->
                                assertThat(one)
                                        .startsWith("messages.groupChat.mentionPatterns[1]: "))
                .anySatisfy(one -> assertThat(one).contains("mentionPatterns[0]: fits the empty"))
                .anySatisfy(one -> assertThat(one).startsWith("logging.redactPatterns[0]: "))
                .anySatisfy(one -> assertThat(one).startsWith("gateway.controlUi.allowedOrigins"))
                .hasSize(4);
    }

    private static ChelaConfig codex(String config) {
        return loaded(
                "{ plugins: { entries: { codex: { config: { " + config + " } } } } }", Map.of());
    }

    static ChelaConfig loaded(String text, Map<String, String> variables) {
        LoadResult result = TestConfig.load(text, variables);
        assertThat(result).isInstanceOf(LoadResult.Loaded.class);
        return ((LoadResult.Loaded) result).config();
    }

    static List<String> problems(LoadResult result) {
        assertThat(result).isInstanceOf(LoadResult.Broken.class);
        return ((LoadResult.Broken) result).problems().stream().map(Problem::toString).toList();
    }
}
