package dev.chela.harness.kit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chela.harness.scripted.FreshIds;
import dev.chela.harness.scripted.ReplyPlayer;
import dev.chela.harness.scripted.ScriptedMind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An app-server process made of Java: threads, turns, steers, interrupts, approvals and tools as
 * the real binary was observed to do them, with a scripted mind in place of a model. What it keeps
 * lies under its {@code CODEX_HOME}, so that a second one can resume what a killed one began.
 */
public final class ImitatedCodex implements Peer, AutoCloseable {

    static final String VERSION = "0.169.0";
    private static final Predicate<String> RESUMABLE = Set.of("turn", "history")::contains;
    private static final Duration GLANCE = Duration.ofMillis(20);
    private static final int HEARD_MAX = 100_000;

    private final Path home;
    private final ScriptedMind mind;
    private final ThreadStore store;
    private final FreshIds ids = new FreshIds();
    private final ReplyPlayer player = new ReplyPlayer(ids, Duration.ofMinutes(10), GLANCE);
    private final Map<String, ImitatedThread> loaded = new ConcurrentHashMap<>();
    private final List<ImitatedConnection> connections = new CopyOnWriteArrayList<>();
    private final List<JsonNode> heard = new ArrayList<>();
    private final Map<String, JsonNode> fixed = new ConcurrentHashMap<>();
    private final Set<String> unknown = ConcurrentHashMap.newKeySet();
    private volatile Predicate<String> ignored = method -> false;
    private final ReentrantReadWriteLock life = new ReentrantReadWriteLock();
    private final AtomicInteger steersLost = new AtomicInteger();
    private volatile boolean alive = true;
    private volatile @Nullable Predicate<JsonNode> fatal;

    public ImitatedCodex(Path home, ScriptedMind mind) throws IOException {
        this.home = home;
        this.mind = mind;
        store = new ThreadStore(home);
    }

    /** Serves a client until it goes; turns go on without it. Several may be served at once. */
    @Override
    public void serve(Wire wire) {
        var connection = new ImitatedConnection(this, wire);
        connections.add(connection);
        try {
            connection.serve();
        } finally {
            loaded.values().forEach(thread -> thread.unsubscribe(connection));
            wire.close();
            synchronized (connections) {
                connections.remove(connection);
                connections.notifyAll();
            }
        }
    }

    /** Dies as by SIGKILL: nothing more is written, sent or finished, commands end with it. */
    public void kill() {
        life.writeLock().lock();
        try {
            alive = false;
        } finally {
            life.writeLock().unlock();
        }
        loaded.values().forEach(ImitatedThread::kill);
        connections.forEach(ImitatedConnection::close);
    }

    /** Waits until everything was read that clients had written, and all of them are gone. */
    public void awaitNoClients() throws InterruptedException {
        synchronized (connections) {
            while (!connections.isEmpty()) {
                connections.wait();
            }
        }
    }

    /** Does something that a dead process cannot do; nothing if it is dead. */
    void whileAlive(Runnable effect) {
        life.readLock().lock();
        try {
            if (alive) {
                effect.run();
            }
        } finally {
            life.readLock().unlock();
        }
    }

    /** Dies right after sending the first message that fits. */
    public void killAfterSending(Predicate<JsonNode> message) {
        fatal = message;
    }

    /** What clients sent so far, oldest first. */
    public List<JsonNode> heard() {
        synchronized (heard) {
            return List.copyOf(heard);
        }
    }

    /** Waits until clients have called a method so often, but not for long. */
    public void awaitCalls(String method, long count, Duration atMost) throws InterruptedException {
        var end = System.nanoTime() + atMost.toNanos();
        synchronized (heard) {
            while (calls(method) < count && System.nanoTime() < end) {
                heard.wait(1);
            }
        }
    }

    /** How often clients called a method. */
    public long calls(String method) {
        synchronized (heard) {
            return heard.stream()
                    .filter(message -> message.path("method").asText().equals(method))
                    .count();
        }
    }

    /** How many steers were answered with success and then lost to the end of their turn. */
    public int steersLost() {
        return steersLost.get();
    }

    void lost(int steers) {
        steersLost.addAndGet(steers);
    }

    /** What clients said in its threads and what each of these messages is called. */
    public Map<String, String> said() {
        var said = new HashMap<String, String>();
        for (var thread : store.threads()) {
            for (var event : store.read(thread)) {
                var item = event.path("item");
                if (item.path("type").asText().equals("userMessage")) {
                    said.put(item.path("id").asText(), item.at("/content/0/text").asText());
                }
            }
        }
        return said;
    }

    /** Answers every request of that method so from now on. */
    public void answers(String method, JsonNode result) {
        fixed.put(method, result);
    }

    /** Leaves every request of that method unanswered from now on. */
    public void ignores(String method) {
        ignored = method::equals;
    }

    /** Answers nobody any more but those who introduce themselves. */
    public void hangs() {
        ignored = method -> !method.equals("initialize");
    }

    /** Knows that method no more, as an older server. */
    public void doesNotKnow(String method) {
        unknown.add(method);
    }

    @Override
    public void close() {
        kill();
    }

    boolean isIgnored(String method) {
        return ignored.test(method);
    }

    boolean isUnknown(String method) {
        return unknown.contains(method);
    }

    @Nullable JsonNode fixed(String method) {
        return fixed.get(method);
    }

    boolean isAlive() {
        return alive;
    }

    void heard(JsonNode message) {
        synchronized (heard) {
            if (heard.size() < HEARD_MAX) {
                heard.add(message);
            }
            heard.notifyAll();
        }
    }

    void send(Wire wire, ObjectNode message) {
        if (!alive) {
            return;
        }
        try {
            wire.write(message.toString());
        } catch (IOException e) {
            wire.close();
        }
        var deadly = fatal;
        if (deadly != null && deadly.test(message)) {
            kill();
        }
    }

    void broadcast(String method, JsonNode params) {
        connections.forEach(connection -> connection.notify(method, params));
    }

    Path home() {
        return home;
    }

    ScriptedMind mind() {
        return mind;
    }

    ReplyPlayer player() {
        return player;
    }

    ThreadStore store() {
        return store;
    }

    static String freshId() {
        return UUID.randomUUID().toString();
    }

    ImitatedThread start(JsonNode params) {
        return startAs(freshId(), params);
    }

    ImitatedThread startAs(String id, JsonNode params) {
        var thread = new ImitatedThread(this, id);
        thread.create(params);
        loaded.put(thread.id(), thread);
        return thread;
    }

    @Nullable ImitatedThread loaded(String id) {
        return loaded.get(id);
    }

    List<String> loadedIds() {
        return loaded.keySet().stream().sorted().toList();
    }

    /** The loaded thread, else the stored one without loading it. */
    ImitatedThread find(String id) throws RpcFailure {
        var thread = loaded.get(id);
        if (thread != null) {
            return thread;
        }
        var events = store.read(id);
        if (events.stream().map(event -> event.path("event").asText()).noneMatch(RESUMABLE)) {
            throw RpcFailure.invalid("no rollout found for thread id " + id);
        }
        var stored = new ImitatedThread(this, id);
        events.forEach(stored::replay);
        stored.interruptWhatWasCut();
        return stored;
    }

    ImitatedThread load(String id) throws RpcFailure {
        var thread = find(id);
        var before = loaded.putIfAbsent(id, thread);
        return before == null ? thread : before;
    }

    void unload(String id) {
        loaded.remove(id);
    }
}
