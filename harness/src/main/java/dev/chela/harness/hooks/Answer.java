package dev.chela.harness.hooks;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What the command that Codex runs is told.
 *
 * @param verdict {@code pass}, {@code block} or {@code gone}
 * @param text one line: what goes to standard output, or the reason
 */
record Answer(String verdict, String text) {

    static final Answer PASS = new Answer("pass", "");
    static final Answer GONE = new Answer("gone", "");

    private static final int REASON_CHARS_MAX = 2_000;

    /** In Codex's words; a verdict that an event has no use for is none. */
    static Answer of(HookKind kind, NativeVerdict verdict) {
        return switch (verdict) {
            case NativeVerdict.NoOpinion() -> PASS;
            case NativeVerdict.Block(String reason) -> {
                if (kind == HookKind.PRE_TOOL_USE) {
                    yield new Answer("block", line(reason));
                }
                yield kind == HookKind.PERMISSION_REQUEST ? denied(reason) : PASS;
            }
            case NativeVerdict.Allow() ->
                    kind == HookKind.PERMISSION_REQUEST
                            ? permission(object().put("behavior", "allow"))
                            : PASS;
            case NativeVerdict.Revise(String reason) ->
                    kind == HookKind.BEFORE_AGENT_FINALIZE
                            ? json(object().put("decision", "block").put("reason", line(reason)))
                            : PASS;
        };
    }

    private static Answer denied(String reason) {
        return permission(object().put("behavior", "deny").put("message", line(reason)));
    }

    private static Answer permission(ObjectNode decision) {
        ObjectNode output = object().put("hookEventName", HookKind.PERMISSION_REQUEST.codex());
        output.set("decision", decision);
        ObjectNode json = object();
        json.set("hookSpecificOutput", output);
        return json(json);
    }

    private static Answer json(ObjectNode json) {
        return new Answer("pass", json.toString());
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** Whatever breaks lines would end the answer early. */
    private static String line(String reason) {
        String line = reason.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.length() > REASON_CHARS_MAX ? line.substring(0, REASON_CHARS_MAX) : line;
    }

    /** As it goes out. */
    String wire(String relay) {
        return "%s\n%s\nend %s\n".formatted(verdict, text, relay);
    }
}
