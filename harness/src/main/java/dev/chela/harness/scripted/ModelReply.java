package dev.chela.harness.scripted;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a scripted model answers to one request: its steps in order, streamed as they come. */
public record ModelReply(List<ReplyStep> steps) {

    private static final int PIECES = 4;

    public ModelReply {
        steps = List.copyOf(steps);
    }

    /** A reply without steps: the model completes and says nothing. */
    public static ModelReply silent() {
        return new ModelReply(List.of());
    }

    /** The answer {@code text}, streamed in a few pieces. */
    public static ModelReply text(String text) {
        return silent().say(text);
    }

    /** One call of a tool without namespace. */
    public static ModelReply call(String name, String arguments) {
        return silent().thenCall(Optional.empty(), name, arguments);
    }

    /** One call of a tool in a namespace. */
    public static ModelReply call(String namespace, String name, String arguments) {
        return silent().thenCall(Optional.of(namespace), name, arguments);
    }

    /** An HTTP error instead of an answer. */
    public static ModelReply httpFailure(int status, String message) {
        return silent().then(new ReplyStep.HttpFailed(status, message));
    }

    /** {@code response.failed} with this code, for example {@code rate_limit_exceeded}. */
    public static ModelReply failure(String code, String message) {
        return silent().then(new ReplyStep.ResponseFailed(code, message));
    }

    /** A whole message in a few pieces. */
    public ModelReply say(String text) {
        return message(false, pieces(text));
    }

    /** A whole message before a tool call. */
    public ModelReply comment(String text) {
        return message(true, pieces(text));
    }

    /** A message that stops after {@code before} until the gate opens, then ends. */
    public ModelReply sayHeld(String before, Gate gate, String after) {
        return then(new ReplyStep.MessageBegun(false))
                .then(new ReplyStep.Delta(before))
                .then(new ReplyStep.Held(gate))
                .then(new ReplyStep.Delta(after))
                .then(new ReplyStep.MessageEnded());
    }

    /** A message with a pause after each piece. */
    public ModelReply saySlowly(List<String> pieces, Duration pause) {
        var all = new ArrayList<ReplyStep>();
        all.add(new ReplyStep.MessageBegun(false));
        for (var piece : pieces) {
            all.add(new ReplyStep.Delta(piece));
            all.add(new ReplyStep.Paused(pause));
        }
        all.add(new ReplyStep.MessageEnded());
        return with(all);
    }

    /** The beginning of a message, then the connection is cut. */
    public ModelReply sayAndCut(String beginning) {
        return then(new ReplyStep.MessageBegun(false))
                .then(new ReplyStep.Delta(beginning))
                .then(new ReplyStep.Cut());
    }

    public ModelReply thenCall(Optional<String> namespace, String name, String arguments) {
        return then(new ReplyStep.FunctionCalled(namespace, name, arguments));
    }

    /** Waits for the gate before the next step. */
    public ModelReply hold(Gate gate) {
        return then(new ReplyStep.Held(gate));
    }

    public ModelReply then(ReplyStep step) {
        return with(List.of(step));
    }

    private ModelReply message(boolean commentary, List<String> pieces) {
        var all = new ArrayList<ReplyStep>();
        all.add(new ReplyStep.MessageBegun(commentary));
        pieces.forEach(piece -> all.add(new ReplyStep.Delta(piece)));
        all.add(new ReplyStep.MessageEnded());
        return with(all);
    }

    private ModelReply with(List<ReplyStep> more) {
        var all = new ArrayList<>(steps);
        all.addAll(more);
        return new ModelReply(all);
    }

    private static List<String> pieces(String text) {
        var size = Math.max(8, (text.length() + PIECES - 1) / PIECES);
        var pieces = new ArrayList<String>();
        var start = 0;
        while (start < text.length()) {
            var end = Math.min(text.length(), start + size);
            // A piece must not end between the two halves of a character outside the BMP.
            if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
                end++;
            }
            pieces.add(text.substring(start, end));
            start = end;
        }
        return pieces;
    }
}
