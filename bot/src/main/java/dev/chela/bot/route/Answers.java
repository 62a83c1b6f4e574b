package dev.chela.bot.route;

import dev.chela.channels.Attachment;
import dev.chela.channels.Button;
import dev.chela.channels.Conversation;
import dev.chela.channels.OutboundMessage;
import dev.chela.channels.delivery.Delivery;
import dev.chela.channels.inbox.Outcome;
import dev.chela.harness.ReplyMode;
import dev.chela.harness.Source;
import dev.chela.harness.TurnContext;
import dev.chela.harness.TurnOutcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What a turn's outcome means for the chat (sessions-and-routing §10). Notices of ours are posted
 * in every mode; the agent's text only where the reply mode says so, and never twice.
 */
final class Answers {

    private static final String NOTHING_TO_SAY = "NO_REPLY";
    private static final String CONTINUE = "continue";
    private static final String ELSEWHERE =
            "⚠️ This turn was interrupted, and not from here: perhaps by a desktop app or by"
                    + " `codex` in a terminal. What it had begun may be half done. Say *continue*"
                    + " to go on.";

    private final Delivery delivery;
    private final Manners manners;
    private final Predicate<List<Long>> asked;

    /**
     * Over what was said before.
     *
     * @param asked whether one of the messages with these tickets spoke to us
     */
    Answers(Delivery delivery, Manners manners, Predicate<List<Long>> asked) {
        this.delivery = delivery;
        this.manners = manners;
        this.asked = asked;
    }

    /**
     * What is posted and how the tickets are closed.
     *
     * @param message empty posts nothing
     */
    record Answer(Optional<OutboundMessage> message, Outcome outcome, Optional<String> detail) {

        static Answer say(String markdown, Outcome outcome) {
            return new Answer(Optional.of(OutboundMessage.of(markdown)), outcome, Optional.empty());
        }

        static Answer silent(Outcome outcome, String reason) {
            return new Answer(Optional.empty(), outcome, Optional.of(reason));
        }

        /** With a button to go on from here. */
        static Answer offer(String markdown, Outcome outcome) {
            Button button = new Button("Continue", Buttons.saying(CONTINUE), Button.Style.PRIMARY);
            return new Answer(
                    Optional.of(OutboundMessage.of(markdown).withButtons(List.of(List.of(button)))),
                    outcome,
                    Optional.empty());
        }

        /** Without what we would have said; how it ended stays known. */
        Answer unsaid() {
            String why = "nobody had asked; " + outcome.code();
            return silent(
                    outcome == Outcome.STOPPED ? outcome : Outcome.IGNORED,
                    detail.map(more -> why + ": " + more).orElse(why));
        }

        /** With a line of ours above it; alone where nothing else is posted. */
        Answer under(String line) {
            String note = "ℹ️ " + line;
            OutboundMessage said =
                    message.map(
                                    one ->
                                            new OutboundMessage(
                                                    one.markdown().isBlank()
                                                            ? note
                                                            : note + "\n\n" + one.markdown(),
                                                    one.attachments(),
                                                    one.buttons(),
                                                    one.replyTo(),
                                                    one.silent()))
                            .orElseGet(() -> OutboundMessage.of(note));
            return new Answer(Optional.of(said), outcome, detail);
        }
    }

    Answer of(TurnContext turn, TurnOutcome outcome) {
        Answer answer = answer(turn, outcome);
        Optional<String> notice =
                switch (outcome) {
                    case TurnOutcome.Completed completed -> completed.notice();
                    case TurnOutcome.Interrupted interrupted -> interrupted.notice();
                    case TurnOutcome.Failed _, TurnOutcome.Uncertain _ -> Optional.empty();
                };
        boolean ours = answer.outcome() != Outcome.ANSWERED && answer.message().isPresent();
        if ((ours || notice.isPresent()) && !isAsked(turn)) {
            return ours ? answer.unsaid() : answer;
        }
        return notice.map(answer::under).orElse(answer);
    }

    /** Whether somebody waits for it: talk in a room that is only watched asks nothing. */
    private boolean isAsked(TurnContext turn) {
        return switch (turn.source().kind()) {
            case DIRECT -> true;
            case GROUP, CHANNEL ->
                    turn.replyMode() == ReplyMode.AUTOMATIC || asked.test(turn.tickets());
            case INTERNAL -> false;
        };
    }

    private Answer answer(TurnContext turn, TurnOutcome outcome) {
        return switch (outcome) {
            case TurnOutcome.Completed completed -> completed(turn, completed);
            case TurnOutcome.Interrupted(var cause, var partial, var _) ->
                    interrupted(
                            cause,
                            turn.replyMode() == ReplyMode.AUTOMATIC ? partial : Optional.empty());
            case TurnOutcome.Failed(var kind, String notice) ->
                    new Answer(
                            Optional.of(OutboundMessage.of("⚠️ " + notice)),
                            Outcome.FAILED_NOTICE,
                            Optional.of(kind.name().toLowerCase(Locale.ROOT)));
            case TurnOutcome.Uncertain(var _, String notice) ->
                    Answer.offer("⚠️ " + notice, Outcome.UNCERTAIN_NOTICE);
        };
    }

    private Answer completed(TurnContext turn, TurnOutcome.Completed completed) {
        String text = completed.text().map(Foreign::withoutEnvelope).map(String::strip).orElse("");
        if (!completed.media().isEmpty()) {
            String caption = isSuppressed(turn, text) ? "" : text;
            return new Answer(
                    Optional.of(
                            OutboundMessage.of(caption)
                                    .withAttachments(
                                            completed.media().stream()
                                                    .map(Answers::attachment)
                                                    .toList())),
                    Outcome.ANSWERED,
                    Optional.empty());
        }
        if (turn.replyMode() != ReplyMode.AUTOMATIC) {
            return toolOnly(completed, text);
        }
        if (text.isEmpty()) {
            return empty(turn, completed);
        }
        if (text.equalsIgnoreCase(NOTHING_TO_SAY)) {
            return Answer.silent(Outcome.ANSWERED, "the agent chose not to reply");
        }
        if (alreadySaid(turn, text)) {
            return Answer.silent(Outcome.ANSWERED, "the message tool said the same");
        }
        return Answer.say(prefix(turn) + text, Outcome.ANSWERED);
    }

    private static Answer toolOnly(TurnOutcome.Completed completed, String text) {
        if (completed.messageToolUsed()) {
            return Answer.silent(Outcome.ANSWERED, "answered with the message tool");
        }
        if (text.isEmpty() || text.equalsIgnoreCase(NOTHING_TO_SAY)) {
            return Answer.silent(Outcome.ANSWERED, "the agent had nothing to say");
        }
        return Answer.say(
                "The agent wrote a reply but did not send it with its message tool. Set"
                        + " `messages.visibleReplies: \"automatic\"` to see every reply, or ask"
                        + " again.",
                Outcome.FAILED_NOTICE);
    }

    private static Answer empty(TurnContext turn, TurnOutcome.Completed completed) {
        if (completed.messageToolUsed()) {
            return Answer.silent(Outcome.ANSWERED, "answered with the message tool");
        }
        return turn.source().kind() == Source.Kind.INTERNAL
                ? Answer.silent(Outcome.ANSWERED, "finished without text")
                : Answer.say("The agent finished without saying anything.", Outcome.ANSWERED);
    }

    private static Answer interrupted(TurnOutcome.Cause cause, Optional<String> partial) {
        return switch (cause) {
            case USER_STOP -> stopped(partial, "*stopped*", Outcome.STOPPED);
            case NEW_SESSION -> Answer.silent(Outcome.STOPPED, "a new session began");
            case NEWER_MESSAGE -> Answer.silent(Outcome.SUPERSEDED, "a newer message came");
            case WATCHDOG ->
                    Answer.say(
                            "⚠️ The agent went silent and was stopped; what it had begun may be"
                                    + " half"
                                    + " done. Ask it to check before it goes on.",
                            Outcome.FAILED_NOTICE);
            case SHUTDOWN ->
                    Answer.offer(
                            "⚠️ The bot was restarted while the agent worked. Say *continue* to go"
                                    + " on.",
                            Outcome.UNCERTAIN_NOTICE);
            case PROCESS_EXIT ->
                    Answer.offer(
                            "⚠️ The Codex app-server ended while the agent worked. Say *continue*"
                                    + " to go on.",
                            Outcome.UNCERTAIN_NOTICE);
            case EXTERNAL ->
                    Answer.offer(
                            said(partial).map(text -> text + "\n\n").orElse("") + ELSEWHERE,
                            Outcome.STOPPED);
        };
    }

    private static Answer stopped(Optional<String> partial, String mark, Outcome outcome) {
        return said(partial)
                .map(text -> Answer.say(text + "\n\n" + mark, outcome))
                .orElseGet(() -> Answer.silent(outcome, mark.replace("*", "")));
    }

    private static Optional<String> said(Optional<String> partial) {
        return partial.map(Foreign::withoutEnvelope)
                .map(String::strip)
                .filter(text -> !text.isEmpty());
    }

    private boolean isSuppressed(TurnContext turn, String text) {
        return text.equalsIgnoreCase(NOTHING_TO_SAY)
                || turn.replyMode() != ReplyMode.AUTOMATIC
                || alreadySaid(turn, text);
    }

    private boolean alreadySaid(TurnContext turn, String text) {
        Optional<Conversation> place = Places.conversation(turn.source());
        return place.isPresent()
                && delivery.sentTexts(turn.key().value(), place.get()).stream()
                        .map(String::strip)
                        .anyMatch(text::equals);
    }

    private String prefix(TurnContext turn) {
        return Places.conversation(turn.source()).map(manners::prefix).orElse("");
    }

    private static Attachment attachment(Path file) {
        String name = String.valueOf(file.getFileName());
        String type = name.endsWith(".png") ? "image/png" : "application/octet-stream";
        return new Attachment(name, type, -1, Optional.empty(), Optional.of(file));
    }
}
