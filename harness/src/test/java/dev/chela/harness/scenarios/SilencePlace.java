package dev.chela.harness.scenarios;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chela.harness.kit.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where in a recorded turn its server goes wrong, and what had been seen of the turn by then. */
record SilencePlace(Trace trace, int position) {

    /** Every place of every recorded turn. */
    static List<SilencePlace> all() {
        var places = new ArrayList<SilencePlace>();
        for (var name : Trace.NAMES) {
            for (var turn : Trace.load(name).turns()) {
                for (var position = 0; position <= turn.positions(); position++) {
                    places.add(new SilencePlace(turn, position));
                }
            }
        }
        return places;
    }

    /** The same about a thread of another name. */
    SilencePlace about(String thread) {
        return new SilencePlace(trace.about(thread), position);
    }

    /** Whether a replay sends it; answers to what the recorder tried out besides are left out. */
    boolean isReplayed(Trace.Entry entry) {
        var start = trace.entries().getFirst().message();
        return entry.fromServer()
                && !(entry.isResponse() && !entry.message().get("id").equals(start.get("id")));
    }

    private Stream<JsonNode> messages(int first, String method) {
        return trace.entries().stream()
                .filter(this::isReplayed)
                .map(Trace.Entry::message)
                .limit(first)
                .filter(message -> message.path("method").asText().equals(method));
    }

    boolean inputWasShown() {
        return messages(position, "item/started")
                .anyMatch(it -> it.at("/params/item/type").asText().equals("userMessage"));
    }

    boolean endWasShown() {
        return messages(position, "turn/completed").findAny().isPresent();
    }

    boolean completionWasShown() {
        return endWasShown() && status().equals("completed");
    }

    /** How often the server had asked for a tool of ours. */
    long toolsAsked() {
        return messages(position, "item/tool/call").count();
    }

    String status() {
        return messages(trace.positions(), "turn/completed")
                .map(message -> message.at("/params/turn/status").asText())
                .findFirst()
                .orElseThrow();
    }

    /** The answer that the recorded turn came to. */
    Optional<String> answer() {
        return lastAnswer(trace.positions());
    }

    /** The answer that was heard last, perhaps not the turn's last. */
    Optional<String> answerShown() {
        return lastAnswer(position);
    }

    private Optional<String> lastAnswer(int first) {
        return messages(first, "item/completed")
                .map(message -> message.at("/params/item"))
                .filter(item -> item.path("type").asText().equals("agentMessage"))
                .filter(item -> !item.path("phase").asText().equals("commentary"))
                .map(item -> item.path("text").asText())
                .reduce((one, next) -> next);
    }

    @Override
    public String toString() {
        return trace.name() + " after " + position;
    }
}
