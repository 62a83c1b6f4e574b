package dev.chela.commands.tools;

import dev.chela.channels.Attachment;
import dev.chela.channels.Conversation;
import dev.chela.channels.OutboundMessage;
import dev.chela.channels.delivery.Act;
import dev.chela.channels.delivery.Delivery;
import dev.chela.channels.delivery.DeliveryException;
import dev.chela.channels.delivery.Intent;
import dev.chela.channels.delivery.Posted;
import dev.chela.harness.AgentTool;
import dev.chela.harness.ToolCall;
import dev.chela.harness.ToolResult;
import dev.chela.harness.ToolSpec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** {@code message}: says something in the chat, answers, reacts, edits or deletes there. */
public final class MessageTool implements AgentTool {

    /** Below the tool's own deadline of two minutes, so that the model hears why. */
    private static final Duration PATIENCE = Duration.ofSeconds(100);

    private static final ToolSpec SPEC =
            new ToolSpec(
                    "message",
                    "Says something in the chat this turn came from, or acts on a message there."
                            + " Actions: send, reply, react, edit, delete.",
                    """
                    {"type":"object","properties":{
                    "action":{"type":"string","description":"send, reply, react, edit or delete"},
                    "message":{"type":"string","description":"the words, in Markdown"},
                    "target":{"type":"string","description":"another chat instead of this one"},
                    "messageId":{"type":"string",\
                    "description":"the message meant; reply and react take the one you answer"},
                    "emoji":{"type":"string","description":"for react; empty removes ours"},
                    "media":{"type":"array","items":{"type":"string"},\
                    "description":"files in the workspace to attach"},
                    "silent":{"type":"boolean","description":"without a sound"}},
                    "required":["action"]}
                    """,
                    true);

    private final Delivery delivery;
    private final Targets targets;
    private final Answered answered;
    private final MediaRoots media;
    private final UnaryOperator<String> speech;

    /**
     * The tool.
     *
     * @param answered the message meant where none is named
     * @param speech takes out of an agent's words what only its prompt was to hold
     */
    public MessageTool(
            Delivery delivery,
            Targets targets,
            Answered answered,
            MediaRoots media,
            UnaryOperator<String> speech) {
        this.delivery = delivery;
        this.targets = targets;
        this.answered = answered;
        this.media = media;
        this.speech = speech;
    }

    @Override
    public ToolSpec spec() {
        return SPEC;
    }

    @Override
    public ToolResult call(ToolCall call) {
        try {
            Conversation to = targets.of(call);
            Optional<Act> act = act(call, to);
            return act.isPresent()
                    ? posted(call, to, act.get())
                    : ToolResult.failed(
                            "error: action %s is unsupported on %s"
                                    .formatted(Arguments.text(call, "action"), to.channel()));
        } catch (ToolRefusal refused) {
            return ToolResult.failed("error: " + refused.reason());
        } catch (DeliveryException notConfigured) {
            return ToolResult.failed("error: " + notConfigured.getMessage());
        }
    }

    /** Whatever it does is stored before the platform hears of it. */
    @Override
    public boolean isUntouched(ToolCall call) {
        return delivery.outcome(call.intent()).isEmpty();
    }

    @Override
    public Optional<ToolResult> outcomeOf(ToolCall call) {
        return delivery.outcome(call.intent())
                .map(
                        posted ->
                                described(
                                        posted,
                                        targets.of(call),
                                        targets.isSource(call, targets.of(call))));
    }

    private Optional<Act> act(ToolCall call, Conversation to) {
        return switch (Arguments.text(call, "action")) {
            case "send" -> Optional.of(new Act.Say(sent(call)));
            case "reply", "thread-reply" ->
                    Optional.of(new Act.Say(words(call).inReplyTo(messageId(call, to))));
            case "react" ->
                    Optional.of(new Act.React(messageId(call, to), Arguments.text(call, "emoji")));
            case "edit" -> Optional.of(new Act.Edit(ours(call, to), words(call)));
            case "delete" -> Optional.of(new Act.Delete(ours(call, to)));
            default -> Optional.empty();
        };
    }

    private OutboundMessage words(ToolCall call) {
        String text = speech.apply(Arguments.text(call, "message"));
        List<Attachment> files = media.attachments(call);
        if (text.isBlank() && files.isEmpty()) {
            throw new ToolRefusal("there is nothing to say: message is empty");
        }
        return new OutboundMessage(
                text,
                files,
                List.of(),
                Optional.empty(),
                Boolean.TRUE.equals(call.arguments().get("silent")));
    }

    private OutboundMessage sent(ToolCall call) {
        String replyTo = Arguments.text(call, "replyTo");
        return replyTo.isBlank() ? words(call) : words(call).inReplyTo(replyTo);
    }

    private static Optional<String> named(ToolCall call) {
        return Stream.of("messageId", "replyTo")
                .map(name -> Arguments.text(call, name))
                .filter(id -> !id.isBlank())
                .findFirst();
    }

    private String messageId(ToolCall call, Conversation to) {
        return named(call)
                .or(() -> answered.messageId(call, to))
                .orElseThrow(() -> new ToolRefusal("messageId is missing"));
    }

    private String ours(ToolCall call, Conversation to) {
        String id = named(call).orElseThrow(() -> new ToolRefusal("messageId is missing"));
        if (!delivery.isOurs(to, id)) {
            throw new ToolRefusal("message %s is not one of ours".formatted(id));
        }
        return id;
    }

    private ToolResult posted(ToolCall call, Conversation to, Act act) {
        Intent intent = Intent.of(call.intent(), to, act).duringTurn(call.turn().key().value());
        try {
            Posted posted = delivery.post(intent).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return described(posted, to, targets.isSource(call, to));
        } catch (TimeoutException late) {
            return new ToolResult(
                    true,
                    "queued for %s; the platform has not confirmed it yet, do not send it again"
                            .formatted(to.channel()),
                    targets.isSource(call, to));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return ToolResult.failed("error: stopped before the platform confirmed it");
        } catch (ExecutionException broken) {
            return ToolResult.failed("error: it could not be stored and was not sent");
        }
    }

    private static ToolResult described(Posted posted, Conversation to, boolean source) {
        String where = to.channel() + ":" + to.peer() + to.thread().map(t -> ":" + t).orElse("");
        return switch (posted.state()) {
            case DELIVERED ->
                    new ToolResult(
                            true,
                            "delivered to %s, message ids %s".formatted(where, posted.messageIds()),
                            source);
            case WAITING -> new ToolResult(true, "queued for " + where, source);
            case UNKNOWN ->
                    new ToolResult(
                            false,
                            "error: nobody can tell whether it reached %s; do not send it again,"
                                            .formatted(where)
                                    + " the person was asked",
                            source);
            case FAILED ->
                    ToolResult.failed(
                            "error: not delivered to %s: %s"
                                    .formatted(where, posted.reason().orElse("no reason given")));
        };
    }
}
