package dev.chela.bench;

import dev.chela.config.state.StateDirectory;
import dev.chela.harness.scripted.CodexHome;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code ./chela gateway run} as a process of its own, started the way an operator does. */
final class Gateway implements AutoCloseable {

    private static final String CONFIG =
            """
            {
              gateway: { mode: "local", port: 0 },
              plugins: { entries: { codex: { enabled: true } } },
              agents: { defaults: { model: "openai/%s" } },
              messages: { visibleReplies: "automatic" },
              channels: { web: { enabled: true } },
            }
            """
                    .formatted(CodexHome.MODEL);

    private static final Pattern READY = Pattern.compile("chela is ready on (\\S+) .*");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final URI address;
    private final Path state;
    private final double readyMillis;
    private final HttpClient http = HttpClient.newHttpClient();

    private Gateway(Process process, URI address, Path state, double readyMillis) {
        this.process = process;
        this.address = address;
        this.state = state;
        this.readyMillis = readyMillis;
    }

    /** Writes the config of a bot with a web chat, whose app-server asks {@code model}. */
    static void prepare(Path directory, URI model) throws IOException {
        StateDirectory state = StateDirectory.open(directory.resolve("state"));
        Files.createDirectories(directory.resolve("home"));
        CodexHome.forScriptedModel(state.codexHome("main"), model);
        Files.writeString(directory.resolve("chela.json"), CONFIG);
    }

    /**
     * Starts a prepared bot and waits for its ready line.
     *
     * @param root the directory of {@code ./chela}, built
     * @param options for the JVM, behind the launcher's own
     */
    static Gateway start(Path root, Path directory, String options) throws IOException {
        Path state = directory.resolve("state");
        ProcessBuilder builder =
                new ProcessBuilder(root.resolve("chela").toString(), "gateway", "run");
        Map<String, String> variables = builder.environment();
        variables.put("CHELA_NO_BUILD", "1");
        variables.put("CHELA_JAVA_OPTS", options);
        variables.put("CHELA_STATE_DIR", state.toString());
        variables.put("CHELA_CONFIG_PATH", directory.resolve("chela.json").toString());
        variables.putIfAbsent("CHELA_CACHE_DIR", userCache().toString());
        variables.put("HOME", directory.resolve("home").toString());
        builder.redirectError(directory.resolve("stderr.txt").toFile());
        long begun = System.nanoTime();
        Process process = builder.start();
        BufferedReader out =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            double millis = (System.nanoTime() - begun) / 1e6;
            Matcher ready = READY.matcher(line);
            if (ready.matches()) {
                return new Gateway(process, URI.create(ready.group(1)), state, millis);
            }
        }
        throw new IOException(
                "./chela gateway run ended without a ready line: "
                        + Files.readString(directory.resolve("stderr.txt")));
    }

    /** Milliseconds from starting the process to its ready line. */
    double readyMillis() {
        return readyMillis;
    }

    long pid() {
        return process.pid();
    }

    /** Has one turn in the web chat and waits until its answer stands there. */
    void turn(String text) throws IOException, InterruptedException {
        String body =
                "{\"id\":\"c-%s\",\"chat\":\"main\",\"text\":\"%s\"}"
                        .formatted(UUID.randomUUID(), text);
        HttpResponse<String> taken =
                http.send(
                        request("/web/messages")
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        if (taken.statusCode() != 200) {
            throw new IOException("the web chat answered " + taken.statusCode() + taken.body());
        }
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!shown().contains("Echo: " + text + "\"")) {
            if (System.nanoTime() > end) {
                throw new IOException("no answer to " + text);
            }
            Quiet.rest(Duration.ofMillis(50));
        }
    }

    private String shown() throws IOException, InterruptedException {
        return http.send(
                        request("/web/state?chat=main").GET().build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private HttpRequest.Builder request(String path) throws IOException {
        String token = Files.readString(state.resolve("web-token")).strip();
        return HttpRequest.newBuilder(address.resolve(path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token);
    }

    private static Path userCache() {
        String xdg = System.getenv("XDG_CACHE_HOME");
        return xdg == null || xdg.isBlank()
                ? Path.of(System.getProperty("user.home"), ".cache", "chela")
                : Path.of(xdg, "chela");
    }

    @Override
    public void close() {
        http.close();
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
