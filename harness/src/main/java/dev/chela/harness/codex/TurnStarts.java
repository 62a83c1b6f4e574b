package dev.chela.harness.codex;

import dev.chela.harness.InputKey;
import dev.chela.harness.ReplyMode;
import dev.chela.harness.TurnRequest;
import dev.chela.harness.appserver.protocol.Personality;
import dev.chela.harness.appserver.protocol.TurnOptions;
import dev.chela.harness.appserver.protocol.TurnStart;
import dev.chela.harness.appserver.protocol.UserInput;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts a turn into the wire's form: everything a loaded thread takes changes from goes along. */
final class TurnStarts {

    /** From here on a turn can carry context beside its input. */
    private static final String CONTEXT_SINCE = "0.169.0";

    private static final String TOOL_ONLY =
            "The people in this conversation see only what you send with the message tool. Your"
                    + " final text is not shown to them.";

    private TurnStarts() {}

    static TurnStart of(OpenThread thread, TurnRequest request, CodexSettings settings) {
        return of(
                thread,
                Pictures.input(request.prompt()),
                request.input(),
                notes(thread, request),
                settings);
    }

    /** A side question: its input needs no name, for nobody looks for it later. */
    static TurnStart aside(
            OpenThread thread, String question, String note, CodexSettings settings) {
        return of(
                thread,
                List.of(UserInput.text(question)),
                null,
                Map.of("chela:side", note),
                settings);
    }

    private static TurnStart of(
            OpenThread thread,
            List<UserInput> words,
            @Nullable InputKey key,
            Map<String, String> notes,
            CodexSettings settings) {
        List<UserInput> input = new ArrayList<>(words);
        Optional<Map<String, TurnOptions.Context>> context = Optional.empty();
        if (thread.server().version().isAtLeast(CONTEXT_SINCE)) {
            context = Optional.of(notes).filter(map -> !map.isEmpty()).map(TurnStarts::context);
        } else {
            notes.values().forEach(note -> input.add(UserInput.text("[" + note + "]")));
        }
        TurnOptions options =
                TurnOptions.builder()
                        .model(settings.model().orElse(null))
                        .effort(settings.effort().orElse(null))
                        .cwd(settings.folderThere())
                        .approvalPolicy(settings.policy().approval())
                        .approvalsReviewer(settings.policy().reviewer())
                        .sandboxPolicy(
                                settings.setup().ownPermissions()
                                        ? null
                                        : settings.policy().turnSandbox(settings.folderThere()))
                        .serviceTier(settings.serviceTier().orElse(null))
                        .personality(Personality.NONE)
                        .additionalContext(context.orElse(null))
                        .build();
        return new TurnStart(thread.id(), input, key, options);
    }

    private static Map<String, String> notes(OpenThread thread, TurnRequest request) {
        Map<String, String> notes = new LinkedHashMap<>();
        if (request.turn().replyMode() != ReplyMode.AUTOMATIC) {
            notes.put("chela:reply", TOOL_ONLY);
        }
        thread.interruptedBy()
                .ifPresent(
                        cause ->
                                notes.put(
                                        "chela:interrupted",
                                        "The previous turn was interrupted by Chela, not by the"
                                                + " user. Cause: "
                                                + cause
                                                + "."));
        return notes;
    }

    private static Map<String, TurnOptions.Context> context(Map<String, String> notes) {
        Map<String, TurnOptions.Context> context = new LinkedHashMap<>();
        notes.forEach(
                (name, text) -> context.put(name, new TurnOptions.Context(text, "application")));
        return context;
    }
}
