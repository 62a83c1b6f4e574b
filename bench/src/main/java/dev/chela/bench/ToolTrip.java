package dev.chela.bench;

import dev.chela.channels.Conversation;
import dev.chela.harness.scripted.ModelReply;
import dev.chela.harness.scripted.ModelRequest;
import dev.chela.harness.scripted.PhraseMind;
import dev.chela.harness.scripted.ScriptedMind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A call of the {@code message} tool as the model sees it: from its call to the request that brings
 * the result, the app-server's own time included.
 */
final class ToolTrip implements ScriptedMind {

    private static final String PHRASE = "tell me ";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ScriptedMind phrases = new PhraseMind();
    private final Map<String, Long> called = new ConcurrentHashMap<>();
    private final Map<String, Long> returned = new ConcurrentHashMap<>();

    /**
     * The trips.
     *
     * @param toShown from the model's call to the message being shown
     * @param toResult from the model's call to the model having the tool's result
     */
    record Result(Series toShown, Series toResult) {}

    @Override
    public ModelReply answer(ModelRequest request) {
        String text = request.userText();
        if (text.startsWith(PHRASE)) {
            (request.outputs().isEmpty() ? called : returned).putIfAbsent(text, System.nanoTime());
        }
        return phrases.answer(request);
    }

    Result measure(Bed bed, int warmUp, int calls) {
        Conversation chat = bed.plain().chat("tools");
        List<Double> toShown = new ArrayList<>();
        List<Double> toResult = new ArrayList<>();
        for (int at = 0; at < warmUp + calls; at++) {
            String words = "number " + at;
            String text = PHRASE + words;
            long shown = bed.plain().ask(chat, text, words).shown();
            Quiet.until("the tool's result", PATIENCE, () -> returned.containsKey(text));
            bed.settle(chat);
            if (at >= warmUp) {
                toShown.add((shown - at(called, text)) / 1e6);
                toResult.add((at(returned, text) - at(called, text)) / 1e6);
            }
        }
        return new Result(new Series(toShown), new Series(toResult));
    }

    private static long at(Map<String, Long> times, String text) {
        return Objects.requireNonNull(times.get(text), text);
    }
}
