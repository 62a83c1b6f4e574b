package dev.chela.harness.kit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chela.harness.scripted.PhraseMind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * A server that replays a recording to its first client until it has sent a number of messages, and
 * then goes wrong. The client's own ids, and its names for its inputs, take the places of the
 * recorded ones. Clients that connect later meet a healthy server that knows of the thread what the
 * recording had shown until then.
 */
public final class TraceReplay implements Peer {

    private final Trace trace;
    private final int position;
    private final TraceEnding ending;
    private final TraceTruth truth;
    private final ImitatedCodex after;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Steered steered;
    private boolean replayed;

    /** What becomes of a steer that a quiet server answers with success. */
    public enum Steered {
        /** Nothing: an interrupt may come between, and the text is gone. */
        LOST,
        /** The turn has it, but nobody is told unless they ask. */
        TAKEN
    }

    /** A server that loses steers once it went wrong. */
    public TraceReplay(Trace trace, int position, TraceEnding ending, Path home)
            throws IOException {
        this(trace, position, ending, Steered.LOST, home);
    }

    /**
     * @param position after how many of its messages it goes wrong
     * @param home an empty directory
     */
    public TraceReplay(Trace trace, int position, TraceEnding ending, Steered steered, Path home)
            throws IOException {
        this.steered = steered;
        this.trace = trace;
        this.position = position;
        this.ending = ending;
        truth = new TraceTruth(trace, home.toString());
        after = new ImitatedCodex(home, new PhraseMind());
    }

    /** The healthy server that later clients meet. */
    public ImitatedCodex after() {
        return after;
    }

    /** Whether the recorded turn has taken a steer of the client's. */
    public boolean tookSteer() {
        return truth.steer().isPresent();
    }

    /** How often a message with these words was taken, by the recorded turn or after it. */
    public long taken(String words) {
        var after = this.after.said();
        var before = truth.steer().filter(id -> !after.containsKey(id)).stream().count();
        return before + after.values().stream().filter(words::equals).count();
    }

    /** Opens when it has gone wrong. */
    public CountDownLatch ended() {
        return ended;
    }

    @Override
    public void serve(Wire wire) {
        synchronized (this) {
            if (replayed) {
                truth.keep(after, ending == TraceEnding.QUIET_COMPLETED);
                Thread.ofVirtual().name("after-replay").start(() -> after.serve(wire));
                return;
            }
            replayed = true;
        }
        try {
            new Run(wire).serve();
        } catch (IOException e) {
            wire.close();
        } finally {
            ended.countDown();
        }
    }

    /** The one connection that gets the recording. */
    private final class Run {

        private final Wire wire;
        private final Map<JsonNode, JsonNode> ids = new HashMap<>();
        private JsonNode inputId = NullNode.getInstance();
        private boolean named;
        private int next;
        private int sent;
        private boolean over;

        Run(Wire wire) {
            this.wire = wire;
        }

        void serve() throws IOException {
            advance();
            for (var line = wire.read(); line != null; line = wire.read()) {
                var message = Json.parse(line);
                if (over && beginsAnew(message)) {
                    goOn(line);
                    return;
                }
                if (over) {
                    afterwards(message);
                } else {
                    take(message);
                    advance();
                }
            }
        }

        private void take(JsonNode message) throws IOException {
            var method = message.path("method").asText("");
            var awaited = next < trace.entries().size() ? trace.entries().get(next) : null;
            if (method.isEmpty()) {
                if (awaited != null && awaited.isResponse()) {
                    next++;
                }
            } else if (message.has("id")) {
                if (awaited != null && awaited.method().equals(method)) {
                    ids.put(awaited.message().get("id"), message.get("id"));
                    inputId = message.path("params").path("clientUserMessageId");
                    named = false;
                    next++;
                } else {
                    answer(message.get("id"), truth.answer(method, message.path("params"), false));
                }
            }
        }

        /** Sends what comes until the client has to say something, or it is time to go wrong. */
        private void advance() throws IOException {
            while (!over && next < trace.entries().size()) {
                var entry = trace.entries().get(next);
                if (!entry.fromServer() && waitsFor(entry)) {
                    return;
                }
                if (entry.fromServer() && !send(entry)) {
                    return;
                }
                next++;
            }
            if (!over) {
                goWrong();
            }
        }

        private boolean waitsFor(Trace.Entry entry) {
            return entry.isResponse() || entry.opensSomething();
        }

        private boolean send(Trace.Entry entry) throws IOException {
            if (sent == position) {
                goWrong();
                return false;
            }
            ObjectNode message = entry.message().deepCopy();
            if (entry.isResponse()) {
                var actual = ids.get(message.get("id"));
                if (actual == null) {
                    return true;
                }
                message.set("id", actual);
            }
            var item = message.at("/params/item");
            if (item.path("type").asText().equals("userMessage")) {
                named(item);
                named |= message.path("method").asText().equals("item/completed");
            }
            truth.shown(message);
            wire.write(message.toString());
            sent++;
            return true;
        }

        /** The first message of a turn is the client's input, later ones are steers as recorded. */
        private void named(JsonNode item) {
            if (!named && item instanceof ObjectNode user) {
                user.set("clientId", inputId.isTextual() ? inputId : NullNode.getInstance());
            }
        }

        private void goWrong() throws IOException {
            over = true;
            switch (ending) {
                case EXIT -> wire.close();
                case GARBAGE -> {
                    for (var line : List.of("{\"method\":", "\u0000\u0007", "[]", "null", "{}")) {
                        wire.write(line);
                    }
                }
                case DEAF, QUIET_RUNNING, QUIET_COMPLETED -> {}
            }
            ended.countDown();
        }

        /** Whether it is asked for a turn after the recorded one: what went wrong is over. */
        private boolean beginsAnew(JsonNode message) {
            return ending != TraceEnding.DEAF
                    && message.path("method").asText().equals("turn/start")
                    && !truth.isRunning(ending == TraceEnding.QUIET_COMPLETED);
        }

        private void goOn(String line) {
            var completed = ending == TraceEnding.QUIET_COMPLETED;
            truth.keep(after, completed);
            truth.load(after);
            after.serve(TakenWire.of(wire, trace.threadId(), line));
        }

        private void afterwards(JsonNode message) throws IOException {
            if (ending == TraceEnding.DEAF || !message.has("method") || !message.has("id")) {
                return;
            }
            var completed = ending == TraceEnding.QUIET_COMPLETED;
            var method = message.path("method").asText();
            if (method.equals("turn/steer")) {
                var taken = steered == Steered.TAKEN;
                answer(message.get("id"), truth.steer(message.path("params"), taken));
                return;
            }
            answer(message.get("id"), truth.answer(method, message.path("params"), completed));
            var end = method.equals("turn/interrupt") && !completed ? truth.interrupted() : null;
            if (end != null) {
                wire.write(end.toString());
            }
        }

        private void answer(JsonNode id, @Nullable ObjectNode outcome) throws IOException {
            if (outcome != null) {
                wire.write(outcome.set("id", id).toString());
            }
        }
    }
}
