package dev.chela.harness.kit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A recorded conversation with a real app-server.
 *
 * @param name the file it was read from, and the turn if it is one of several
 */
public record Trace(String name, List<Entry> entries) {

    /** Every recording there is. */
    public static final List<String> NAMES =
            List.of(
                    "approval-accept",
                    "approval-decline",
                    "compaction",
                    "dynamic-tool-deferred",
                    "dynamic-tool-direct",
                    "failed-drop",
                    "failed-http-401",
                    "failed-http-500",
                    "hook-pretooluse-block",
                    "hook-stop-revise",
                    "interrupt",
                    "mcp-approval-elicitation",
                    "plain-turn",
                    "raw-events-turn",
                    "request-user-input",
                    "resume-after-kill",
                    "review",
                    "shell-turn",
                    "steer",
                    "stream-retry-then-fail");

    private static final Set<String> OPENING =
            Set.of(
                    "thread/start",
                    "thread/resume",
                    "turn/start",
                    "review/start",
                    "thread/compact/start");

    public Trace {
        entries = List.copyOf(entries);
    }

    /** One message and who sent it. */
    public record Entry(boolean fromServer, JsonNode message) {

        String method() {
            return message.path("method").asText("");
        }

        /** Whether a replay waits for it; other requests were the recorder's own experiments. */
        boolean opensSomething() {
            return !fromServer && OPENING.contains(method());
        }

        public boolean isResponse() {
            return message.has("id") && !message.has("method");
        }
    }

    /** Reads {@code traces/NAME.jsonl} from the test resources. */
    public static Trace load(String name) {
        try (var in = Trace.class.getResourceAsStream("/traces/" + name + ".jsonl")) {
            if (in == null) {
                throw new AssertionError("no trace " + name);
            }
            var entries = new ArrayList<Entry>();
            for (var line : new String(in.readAllBytes(), UTF_8).lines().toList()) {
                var json = Json.parse(line);
                entries.add(new Entry(json.path("dir").asText().equals("server"), json.get("msg")));
            }
            return new Trace(name, entries);
        } catch (IOException e) {
            throw new AssertionError("cannot read trace " + name, e);
        }
    }

    /** The first thread it is about. */
    public String threadId() {
        return entries.stream()
                .map(entry -> entry.message().findPath("threadId").asText())
                .filter(id -> !id.isEmpty())
                .findFirst()
                .orElseThrow(() -> new AssertionError("trace " + name + " is about no thread"));
    }

    /** The same of a thread with another name, so that one bot can meet it many times. */
    public Trace about(String thread) {
        var before = threadId();
        return new Trace(
                name,
                entries.stream()
                        .map(
                                entry ->
                                        new Entry(
                                                entry.fromServer(),
                                                Json.parse(
                                                        entry.message()
                                                                .toString()
                                                                .replace(before, thread))))
                        .toList());
    }

    /** The id of the turn that its first {@code turn/start} was answered with. */
    public String turnId() {
        return entries.stream()
                .map(entry -> entry.message().at("/result/turn/id").asText())
                .filter(id -> !id.isEmpty())
                .findFirst()
                .orElseThrow(() -> new AssertionError("trace " + name + " has no turn"));
    }

    /** The words of its first {@code turn/start}. */
    public String prompt() {
        return entries.stream()
                .filter(entry -> entry.method().equals("turn/start"))
                .map(entry -> entry.message().at("/params/input/0/text").asText())
                .findFirst()
                .orElseThrow(() -> new AssertionError("trace " + name + " starts no turn"));
    }

    /** How many messages the server sent: the positions at which it can fall silent. */
    public int positions() {
        return (int) entries.stream().filter(Entry::fromServer).count();
    }

    /** Its turns, each from its {@code turn/start} to whatever is opened next. */
    public List<Trace> turns() {
        var turns = new ArrayList<Trace>();
        var from = -1;
        for (var i = 0; i <= entries.size(); i++) {
            var atEnd = i == entries.size();
            if ((atEnd || entries.get(i).opensSomething()) && from >= 0) {
                turns.add(new Trace(name + "#" + (turns.size() + 1), entries.subList(from, i)));
                from = -1;
            }
            if (!atEnd && entries.get(i).method().equals("turn/start")) {
                from = i;
            }
        }
        return turns;
    }
}
