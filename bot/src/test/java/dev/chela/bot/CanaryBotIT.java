package dev.chela.bot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.bot.kit.BotFixture;
import dev.chela.bot.kit.Chat;
import dev.chela.channels.telegram.kit.FakeTelegram;
import dev.chela.harness.scripted.ScriptedModel;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A secret of every kind is sown, and nowhere does one come up again. */
final class CanaryBotIT {

    private static final String GATEWAY = "canary-gateway-71c0ffee";
    private static final String CODEX_KEY = "canary-codex-key-42beefed";
    private static final String OPENAI_KEY = "canary-openai-key-99decade";

    @Test
    void noSecretComesUpInAnswersErrorsLogsTrajectoriesOrTheOutbox(@TempDir Path root)
            throws Exception {
        Path file = secretFile(root, "gateway.txt", GATEWAY);
        Path tokenFile = secretFile(root, "token.txt", FakeTelegram.TOKEN);
        try (BotFixture bot =
                BotFixture.onTelegram(
                        root,
                        ScriptedModel.start(),
                        config -> sown(config, file, tokenFile),
                        Map.of("CODEX_API_KEY", CODEX_KEY, "OPENAI_API_KEY", OPENAI_KEY))) {
            Chat ann = bot.person(0);
            List<String> secrets = List.of(GATEWAY, FakeTelegram.TOKEN, CODEX_KEY, OPENAI_KEY);
            for (String secret : secrets) {
                ann.says("say " + secret);
                ann.awaitText("Echo: say ***");
                ann.says("/" + secret.replaceAll("[^a-z0-9]", "-"));
                ann.says("/model " + secret);
                ann.says("/codex resume " + secret);
                String refused = approve(bot.chela().address(), secret);
                assertThat(refused).doesNotContain(secret);
            }
            bot.awaitQuiet();
            bot.stop();
            List<String> shown =
                    Stream.of(
                                    ann.texts().stream(),
                                    logs(bot),
                                    trajectory(bot).stream(),
                                    Stream.of(bot.state().outbox()))
                            .flatMap(lines -> lines.map(String::valueOf))
                            .toList();
            assertThat(shown)
                    .hasSizeGreaterThan(10)
                    .allSatisfy(
                            text ->
                                    assertThat(text)
                                            .doesNotContain(secrets.toArray(String[]::new)));
        }
    }

    private static String sown(String config, Path file, Path tokenFile) {
        return config.replace(
                        "botToken: \"%s\"".formatted(FakeTelegram.TOKEN),
                        "tokenFile: \"%s\"".formatted(tokenFile))
                .replace(
                        "gateway: { mode: \"local\",",
                        """
                        secrets: { providers: { vault: { source: "file", path: "%s",
                          mode: "singleValue" } } },
                        logging: { level: "trace" },
                        gateway: { mode: "local", auth: { token:
                          { source: "file", provider: "vault", id: "/value" } },
                        """
                                .formatted(file));
    }

    private static Stream<String> logs(BotFixture bot) throws IOException {
        Path log = bot.stateDirectory().resolve("logs/chela.log");
        List<String> lines = Files.readAllLines(log);
        assertThat(lines).isNotEmpty();
        return lines.stream();
    }

    private static List<String> trajectory(BotFixture bot) throws IOException {
        Path folder = bot.stateDirectory().resolve("agents/main/sessions");
        try (Stream<Path> files = Files.list(folder)) {
            List<String> lines = Files.readAllLines(files.toList().getFirst());
            assertThat(lines)
                    .anyMatch(line -> line.contains("\"method\":\"turn/start\""))
                    .anyMatch(line -> line.contains("\"method\":\"turn/completed\""))
                    .anyMatch(line -> line.contains("say ***"));
            return lines;
        }
    }

    private static String approve(URI address, String secret) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(address.resolve("/control/pairings/approve"))
                        .header("Authorization", "Bearer " + GATEWAY)
                        .POST(
                                BodyPublishers.ofString(
                                        "{\"channel\":\"%s\",\"code\":\"%s\"}"
                                                .formatted(secret, secret)))
                        .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, BodyHandlers.ofString()).body();
        }
    }

    private static Path secretFile(Path root, String name, String value) throws IOException {
        Path file = Files.writeString(root.resolve(name), value + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }
}
