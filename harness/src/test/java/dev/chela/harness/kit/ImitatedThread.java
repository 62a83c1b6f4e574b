package dev.chela.harness.kit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A thread of the imitated server: its settings, its history, its turns and who listens. */
final class ImitatedThread {

    private final ImitatedCodex codex;
    private final String id;
    private final List<JsonNode> history = new ArrayList<>();
    private final List<ObjectNode> turns = new ArrayList<>();
    private final Set<ImitatedConnection> subscribers = new CopyOnWriteArraySet<>();
    private final List<ServerAsk> pending = new CopyOnWriteArrayList<>();
    private final Map<Integer, ShellRun> shells = new ConcurrentHashMap<>();
    private final Set<String> allowed = new HashSet<>();
    private final AtomicInteger sessions = new AtomicInteger(1000);
    private ObjectNode settings = Json.object();
    private JsonNode status = Json.object("type", "idle");
    private @Nullable ImitatedTurn running;
    private volatile JsonNode hooks = Json.object();

    ImitatedThread(ImitatedCodex codex, String id) {
        this.codex = codex;
        this.id = id;
    }

    String id() {
        return id;
    }

    ImitatedCodex codex() {
        return codex;
    }

    void create(JsonNode params) {
        hook(params);
        keep(Json.object("event", "settings", "settings", params));
    }

    /** It is loaded: its hooks are those of this request, whatever it had in another process. */
    void hook(JsonNode params) {
        hooks = params.path("config").path("hooks");
    }

    JsonNode hooks() {
        return hooks;
    }

    /** Takes over what another thread kept. */
    void take(JsonNode event) {
        if (event.path("event").asText().equals("settings")) {
            change(event.path("settings"), "dynamicTools");
        } else {
            keep(event.deepCopy());
        }
    }

    /** Changes settings for good; a turn's own model and policy do so too. */
    synchronized void change(JsonNode params, String... names) {
        var changed = Json.object();
        for (var name : names) {
            if (params.hasNonNull(name)) {
                changed.set(name, params.get(name));
            }
        }
        if (!changed.isEmpty()) {
            keep(Json.object("event", "settings", "settings", changed));
        }
    }

    synchronized String setting(String name, String otherwise) {
        var value = settings.path(name);
        return value.isObject() ? value.path("type").asText() : value.asText(otherwise);
    }

    /** A member of the config patch that the thread was started with. */
    synchronized JsonNode config(String name) {
        return settings.path("config").path(name);
    }

    synchronized JsonNode dynamicTools() {
        return settings.path("dynamicTools");
    }

    synchronized boolean isEphemeral() {
        return settings.path("ephemeral").asBoolean();
    }

    Path cwd() {
        return Path.of(setting("cwd", codex.home().toString()));
    }

    String policy() {
        return setting("approvalPolicy", "on-request");
    }

    String sandbox() {
        return setting("sandboxPolicy", setting("sandbox", "read-only"));
    }

    private synchronized void keep(ObjectNode event) {
        codex.whileAlive(
                () -> {
                    replay(event);
                    if (!isEphemeral()) {
                        codex.store().append(id, event);
                    }
                });
    }

    /** Takes an event that was kept by this or an earlier process. */
    synchronized void replay(JsonNode event) {
        switch (event.path("event").asText()) {
            case "settings" -> settings.setAll((ObjectNode) event.path("settings").deepCopy());
            case "turn" ->
                    turns.add(
                            Shapes.turn(
                                    event.path("turn").asText(), "inProgress", Json.array(), null));
            case "item" ->
                    turn(event.path("turn").asText()).withArray("items").add(event.get("item"));
            case "end" -> {
                var turn = turn(event.path("turn").asText());
                turn.put("status", event.path("status").asText());
                turn.set("error", event.path("error"));
            }
            case "history" -> history.add(event.get("item"));
            default -> throw new AssertionError("unknown event " + event);
        }
    }

    private ObjectNode turn(String turnId) {
        return turns.stream()
                .filter(turn -> turn.path("id").asText().equals(turnId))
                .findFirst()
                .orElseThrow();
    }

    synchronized void interruptWhatWasCut() {
        turns.stream()
                .filter(turn -> turn.path("status").asText().equals("inProgress"))
                .forEach(turn -> turn.put("status", "interrupted").putNull("completedAt"));
    }

    void addTurn(String turnId) {
        keep(Json.object("event", "turn", "turn", turnId));
    }

    void addItem(String turnId, JsonNode item) {
        keep(Json.object("event", "item", "turn", turnId, "item", item));
    }

    void endTurn(String turnId, String end, @Nullable JsonNode error) {
        keep(Json.object("event", "end", "turn", turnId, "status", end, "error", error));
    }

    void addHistory(JsonNode responseItem) {
        keep(Json.object("event", "history", "item", responseItem));
    }

    synchronized List<JsonNode> history() {
        return List.copyOf(history);
    }

    synchronized ObjectNode json(boolean withTurns) {
        var cwd = setting("cwd", codex.home().toString());
        // A turn that was accepted counts, though nothing was told of it yet.
        var now =
                running == null
                        ? status
                        : Json.object("type", "active", "activeFlags", Json.array());
        var thread = Shapes.thread(id, cwd, codex.home().toString(), now);
        thread.set("name", settings.path("name"));
        thread.put("ephemeral", isEphemeral());
        if (settings.hasNonNull("model")) {
            thread.set("model", settings.get("model"));
        }
        if (!turns.isEmpty()) {
            thread.put("preview", turns.getFirst().at("/items/0/content/0/text").asText());
        }
        if (withTurns) {
            var all = thread.withArray("turns");
            turns.forEach(turn -> all.add(turn.deepCopy().put("itemsView", "full")));
        }
        return thread;
    }

    /** Whether it has any, also one that was accepted and has not begun. */
    synchronized boolean hasTurns() {
        return running != null || !turns.isEmpty();
    }

    void subscribe(ImitatedConnection connection) {
        if (subscribers.add(connection)) {
            pending.forEach(connection::ask);
        }
    }

    /** Says whether it was subscribed. */
    boolean unsubscribe(ImitatedConnection connection) {
        return subscribers.remove(connection);
    }

    void notify(String method, ObjectNode params) {
        params.put("threadId", id);
        subscribers.forEach(connection -> connection.notify(method, params));
    }

    void status(String type, String... flags) {
        var next =
                type.equals("active")
                        ? Json.object("type", type, "activeFlags", Json.array((Object[]) flags))
                        : Json.object("type", type);
        synchronized (this) {
            status = next;
        }
        codex.broadcast("thread/status/changed", Json.object("threadId", id, "status", next));
    }

    /** Asks every listener, and every later one until somebody answered. */
    ServerAsk ask(String method, JsonNode params) {
        var ask = new ServerAsk(method, params);
        pending.add(ask);
        subscribers.forEach(connection -> connection.ask(ask));
        return ask;
    }

    void resolve(ServerAsk ask) {
        pending.remove(ask);
        for (var connection : subscribers) {
            var known = connection.resolve(ask);
            if (known != null) {
                connection.notify(
                        "serverRequest/resolved", Json.object("threadId", id, "requestId", known));
            }
        }
    }

    void resolveAll() {
        pending.forEach(this::resolve);
    }

    int remember(ShellRun shell) {
        var session = sessions.incrementAndGet();
        shells.put(session, shell);
        return session;
    }

    @Nullable ShellRun shell(int session) {
        return shells.get(session);
    }

    void cleanShells() {
        shells.values().forEach(ShellRun::kill);
        shells.clear();
    }

    synchronized void allow(String command) {
        allowed.add(command);
    }

    synchronized boolean isAllowed(String command) {
        return allowed.contains(command);
    }

    synchronized @Nullable ImitatedTurn running() {
        return running;
    }

    /** The running turn, or {@code turn} which runs from now on. */
    synchronized ImitatedTurn runOrJoin(ImitatedTurn turn) {
        var now = running;
        if (now != null) {
            return now;
        }
        running = turn;
        return turn;
    }

    synchronized void ran() {
        running = null;
    }

    void kill() {
        var turn = running();
        if (turn != null) {
            turn.interrupt();
        }
        cleanShells();
    }
}
