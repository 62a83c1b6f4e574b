package dev.chela.channels.web.kit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Speaks to the web chat as its page does, with the bearer token instead of the cookie. */
public final class PageClient {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final WebRig rig;
    private final HttpClient client = HttpClient.newHttpClient();

    public PageClient(WebRig rig) {
        this.rig = rig;
    }

    public int withoutToken(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(rig.address().resolve(path)).build();
        return client.send(request, BodyHandlers.discarding()).statusCode();
    }

    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(request(path).build(), BodyHandlers.ofString());
    }

    public JsonNode json(String path) throws IOException, InterruptedException {
        return JSON.readTree(get(path).body());
    }

    public JsonNode state() throws IOException, InterruptedException {
        return json("/web/state");
    }

    public HttpResponse<String> post(String path, String body)
            throws IOException, InterruptedException {
        return client.send(
                request(path).POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    }

    public HttpResponse<String> say(String id, String text, String... files)
            throws IOException, InterruptedException {
        return post(
                "/web/messages",
                JSON.writeValueAsString(Map.of("id", id, "text", text, "files", files)));
    }

    public JsonNode upload(String name, String type, String body)
            throws IOException, InterruptedException {
        String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8);
        HttpRequest request =
                request("/web/files?name=" + encoded)
                        .header("Content-Type", type)
                        .POST(BodyPublishers.ofString(body))
                        .build();
        return JSON.readTree(client.send(request, BodyHandlers.ofString()).body());
    }

    /** The next {@code count} events after the one with the id {@code after}. */
    public List<Event> events(long after, int count) throws IOException, InterruptedException {
        HttpRequest request =
                request("/web/events").header("Last-Event-ID", Long.toString(after)).build();
        HttpResponse<InputStream> answer = client.send(request, BodyHandlers.ofInputStream());
        List<Event> events = new ArrayList<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            long id = after;
            String name = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("id: ")) {
                    id = Long.parseLong(line.substring(4));
                } else if (line.startsWith("event: ")) {
                    name = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    events.add(new Event(id, name, JSON.readTree(line.substring(6))));
                    if (events.size() == count) {
                        return events;
                    }
                }
            }
        }
        return events;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(rig.address().resolve(path))
                .header("Authorization", "Bearer " + rig.token().token().reveal());
    }

    /**
     * One server-sent event.
     *
     * @param id the last id sent, also for events without one
     */
    public record Event(long id, String name, JsonNode data) {}
}
