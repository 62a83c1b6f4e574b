package dev.chela.harness;

import java.util.Map;

/**
 * One call of a tool. (thread, turn, call id) names it for ever: a repeat gets the stored result.
 *
 * @param arguments decoded JSON: strings, numbers, booleans, lists and maps
 */
public record ToolCall(
        TurnContext turn,
        ThreadId thread,
        TurnId codexTurn,
        String callId,
        Map<String, Object> arguments) {

    /** The delivery intent of this call, {@code tool:<thread>:<turn>:<call>}. */
    public String intent() {
        return "tool:%s:%s:%s".formatted(thread, codexTurn, callId);
    }
}
