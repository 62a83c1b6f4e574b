package dev.chela.bot.kit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.chela.config.state.Holder;
import dev.chela.config.state.InstanceLock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A person at the web chat of bots that come and go. Does as the page does: a message is kept and
 * sent again under its own id until the bot has taken it.
 */
public final class WebPerson {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int OK = 200;

    private final CrashStage stage;
    private final String chat;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, String> waiting = new LinkedHashMap<>();
    private final Set<String> done = new TreeSet<>();
    private int accepted;
    private int count;

    /**
     * A person with a chat of their own.
     *
     * @param chat its name
     */
    public WebPerson(CrashStage stage, String chat) {
        this.stage = stage;
        this.chat = chat;
    }

    /** Says this as soon as a bot takes it. */
    public void says(String text) {
        waiting.put("c-%s-message-%d".formatted(chat, count++), text);
    }

    /** Brings what waits to the bot that runs now, if one does. */
    public void goesOn() {
        for (Map.Entry<String, String> one : List.copyOf(waiting.entrySet())) {
            if (!isTaken(one.getKey(), one.getValue())) {
                return;
            }
            waiting.remove(one.getKey());
            accepted++;
        }
    }

    /** With the first message goes a file. */
    private boolean isTaken(String id, String text) {
        boolean withFile = id.endsWith("-0");
        List<String> files =
                withFile
                        ? post("/web/files?name=shell.txt", "a shell").stream()
                                .map(file -> file.path("id").asText())
                                .toList()
                        : List.of();
        if (withFile && files.isEmpty()) {
            return false;
        }
        Map<String, Object> body = Map.of("id", id, "chat", chat, "text", text, "files", files);
        return post("/web/messages", JSON.valueToTree(body).toString()).isPresent();
    }

    /** Presses the first button with this label, once. */
    public void presses(String label) {
        if (done.contains(label)) {
            return;
        }
        for (JsonNode message : messages()) {
            for (JsonNode button : message.path("buttons").findParents("label")) {
                if (button.path("label").asText().equals(label)) {
                    String body =
                            JSON.createObjectNode()
                                    .put("id", "c-%s-press-once".formatted(chat))
                                    .put("message", message.path("id").asText())
                                    .put("data", button.path("data").asText())
                                    .toString();
                    if (post("/web/press", body).isPresent()) {
                        done.add(label);
                    }
                    return;
                }
            }
        }
    }

    /** Has the agent act once on the bot's message that says exactly {@code text}. */
    public void lets(String text, String action, String more) {
        if (!waiting.isEmpty() || done.contains(action)) {
            return;
        }
        for (JsonNode message : messages()) {
            if (message.path("text").asText().equals(text)
                    && message.path("from").asText().equals("bot")) {
                done.add(action);
                says(
                        "call openclaw.message {\"action\":\"%s\",\"messageId\":\"%s\",%s}"
                                .formatted(action, message.path("id").asText(), more));
                return;
            }
        }
    }

    /** Approves a pairing as the command line does; a second time does no harm. */
    public void approves(String channel, String code) {
        post(
                "/control/pairings/approve",
                "{\"channel\":\"%s\",\"code\":\"%s\"}".formatted(channel, code));
    }

    /** Has an archived session taken up again as the command line does; it may be too early. */
    public void restores(String archive) {
        post("/control/sessions/restore", "{\"id\":\"%s\"}".formatted(archive));
    }

    /** Whether the bots took all there was to say. */
    public boolean saidAll() {
        return waiting.isEmpty();
    }

    public int accepted() {
        return accepted;
    }

    /** How often the bot says exactly this. */
    public long count(String text) {
        return texts("bot").stream().filter(text::equals).count();
    }

    /** What the person said and what stands there more than once. */
    public List<String> saidTwice() {
        List<String> all = texts("person");
        return all.stream().filter(text -> Collections.frequency(all, text) > 1).toList();
    }

    private List<String> texts(String from) {
        List<String> texts = new ArrayList<>();
        for (JsonNode message : messages()) {
            if (message.path("from").asText().equals(from)) {
                texts.add(message.path("text").asText());
            }
        }
        return texts;
    }

    private JsonNode messages() {
        return send(request("/web/state?chat=" + chat).map(HttpRequest.Builder::GET))
                .map(state -> state.path("messages"))
                .orElseGet(JSON::createArrayNode);
    }

    private Optional<JsonNode> post(String path, String body) {
        return send(request(path).map(call -> call.POST(BodyPublishers.ofString(body))));
    }

    /** Empty while no bot takes it; a refusal is a failure of the test. */
    private Optional<JsonNode> send(Optional<HttpRequest.Builder> call) {
        if (call.isEmpty()) {
            return Optional.empty();
        }
        try {
            HttpRequest request = call.get().timeout(PATIENCE).build();
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
            // A starting bot listens before its channels have mounted anything.
            boolean early = answer.statusCode() == 404;
            // The button may go between a look and a press.
            boolean late = answer.statusCode() == 409;
            if (!early && !late && answer.statusCode() >= 400 && answer.statusCode() < 500) {
                throw new AssertionError(request.uri() + " refused: " + answer.body());
            }
            return answer.statusCode() == OK
                    ? Optional.of(JSON.readTree(answer.body()))
                    : Optional.empty();
        } catch (IOException gone) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while talking to the bot", e);
        }
    }

    private Optional<HttpRequest.Builder> request(String path) {
        Optional<Holder> bot = InstanceLock.holder(stage.stateDirectory());
        Path token = stage.stateDirectory().root().resolve("web-token");
        if (bot.isEmpty() || bot.get().port() == 0 || !Files.exists(token)) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    HttpRequest.newBuilder(
                                    URI.create("http://127.0.0.1:" + bot.get().port())
                                            .resolve(path))
                            .header("Content-Type", "text/plain")
                            .header("Authorization", "Bearer " + Files.readString(token).strip()));
        } catch (IOException halfWritten) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "%s waiting %s done %s bot %s".formatted(chat, waiting, done, texts("bot"));
    }
}
