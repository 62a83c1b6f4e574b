package dev.chela.bot.route;

import dev.chela.channels.ButtonPress;
import dev.chela.channels.ChannelEvent;
import dev.chela.channels.ChatKind;
import dev.chela.channels.Conversation;
import dev.chela.channels.InboundMessage;
import dev.chela.channels.MessageEdit;
import dev.chela.channels.OutboundMessage;
import dev.chela.channels.Reaction;
import dev.chela.channels.delivery.Act;
import dev.chela.channels.delivery.Closing;
import dev.chela.channels.delivery.Delivery;
import dev.chela.channels.delivery.Intent;
import dev.chela.channels.delivery.PairingReply;
import dev.chela.channels.inbox.Inbox;
import dev.chela.channels.inbox.InboxListener;
import dev.chela.channels.inbox.InboxRow;
import dev.chela.channels.inbox.Outcome;
import dev.chela.channels.inbox.Standing;
import dev.chela.commands.CommandLine;
import dev.chela.commands.Reading;
import dev.chela.commands.Sanitised;
import dev.chela.harness.SessionKey;
import dev.chela.harness.Source;
import dev.chela.harness.approval.Approval;
import dev.chela.harness.approval.Approvals;
import dev.chela.harness.approval.Question;
import dev.chela.harness.session.SessionKeys;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Decides where an inbound row goes: a command, an answer somebody waits for, or a lane. */
public final class Router implements InboxListener {

    private static final Pattern NAMED_COMMAND = Pattern.compile("/\\w{1,32}@\\w+");
    private static final int NAME_CHARS_MAX = 40;
    private static final String FILE_FOLLOWS = "(see the file that follows)";

    private final Inbox inbox;
    private final Delivery delivery;
    private final Places places;
    private final CommandLine line;
    private final CommandDesk commands;
    private final Approvals approvals;
    private final Buttons buttons;
    private final Admission admission;

    Router(
            Inbox inbox,
            Delivery delivery,
            Places places,
            CommandLine line,
            CommandDesk commands,
            Approvals approvals,
            Buttons buttons,
            Admission admission) {
        this.inbox = inbox;
        this.delivery = delivery;
        this.places = places;
        this.line = line;
        this.commands = commands;
        this.approvals = approvals;
        this.buttons = buttons;
        this.admission = admission;
    }

    @Override
    public void accepted(InboxRow row) {
        if (admission.knows(row)) {
            return; // a start brings open rows again; this one already stands in its lane
        }
        switch (row.event()) {
            case InboundMessage message when isForAnotherBot(message) -> notForMe(row, message);
            case InboundMessage message -> said(at(row), message.text());
            case ButtonPress press -> pressed(row, press);
            case MessageEdit edit -> ignore(row, "an edit is context for the next turn");
            case Reaction reaction -> ignore(row, "a reaction is context for the next turn");
        }
    }

    /** Only plain words of a person wait for more: a command, a file or an answer goes at once. */
    @Override
    public Duration quiet(InboxRow row) {
        Conversation place = row.event().conversation();
        Duration quiet = admission.quiet(place);
        return quiet.isPositive()
                        && row.event() instanceof InboundMessage message
                        && isPlain(message, row.standing().commandsAllowed())
                        && !admission.knows(row)
                        && !isAwaited(at(row))
                ? quiet
                : Duration.ZERO;
    }

    private boolean isPlain(InboundMessage message, boolean commandsAllowed) {
        return message.attachments().isEmpty()
                && message.quote().isEmpty()
                && !message.nativeCommand()
                && line.read(message.text(), commandsAllowed) instanceof Reading.Prose prose
                && prose.directives().isEmpty()
                && prose.shortcuts().isEmpty();
    }

    private boolean isAwaited(Arrival arrival) {
        return !approvals.pending(arrival.session()).isEmpty();
    }

    /** Waits for slow commands, at most {@code atMost}. */
    public void close(Duration atMost) {
        commands.close(atMost);
    }

    @Override
    public void refused(ButtonPress press) {
        buttons.acknowledge(press, "This button is not for you.");
    }

    @Override
    public void pairing(InboxRow row, String code) {
        delivery.post(PairingReply.to(row, code));
    }

    private Arrival at(InboxRow row) {
        ChannelEvent event = row.event();
        Source source = Places.source(event.conversation(), event.sender(), row.standing().owner());
        SessionKey session = places.session(event.conversation(), event.sender());
        return new Arrival(row, session, source);
    }

    private void pressed(InboxRow row, ButtonPress press) {
        Optional<String> words = Buttons.spoken(press);
        if (words.isPresent()) {
            buttons.acknowledge(press, "");
            said(at(row), words.get());
        } else {
            buttons.pressed(at(row), press);
        }
    }

    private void said(Arrival arrival, String text) {
        switch (line.read(text, arrival.row().standing().commandsAllowed())) {
            case Reading.Standalone(Reading.Found found) -> commands.run(found, arrival, true);
            case Reading.UnknownCommand(String name) -> unknown(arrival, name);
            case Reading.Prose prose -> prose(arrival, prose);
        }
    }

    private void prose(Arrival arrival, Reading.Prose prose) {
        if (prose.directives().isEmpty()
                && prose.shortcuts().isEmpty()
                && answersAQuestion(arrival, prose.text())) {
            return;
        }
        Optional<String> unheard = unheard(arrival);
        if (unheard.isPresent()) {
            ignore(arrival.row(), unheard.get());
            return;
        }
        boolean onlyCommands = prose.text().isEmpty() && arrival.isBare();
        boolean hasCommands = !prose.directives().isEmpty() || !prose.shortcuts().isEmpty();
        if (onlyCommands && hasCommands) {
            commands.runAll(prose, arrival);
        } else if (onlyCommands) {
            ignore(arrival.row(), "the message was empty");
        } else {
            prose.shortcuts().forEach(found -> commands.run(found, arrival, false));
            admission.submit(arrival, prose.directives());
        }
    }

    /** Why a bound conversation does not hear a message: its answers are seen by everybody. */
    private Optional<String> unheard(Arrival arrival) {
        Standing standing = arrival.row().standing();
        if (!SessionKeys.isClaim(arrival.session())) {
            return Optional.empty();
        }
        if (!standing.commandsAllowed()) {
            return Optional.of("a bound conversation hears authorized senders only");
        }
        return standing.addressed() || !admission.isQuietRoom()
                ? Optional.empty()
                : Optional.of("talk around a bound conversation");
    }

    /**
     * Whether it was an answer and nothing more: words alone can be one, a file goes to the turn.
     */
    private boolean answersAQuestion(Arrival arrival, String text) {
        String answer = text.isEmpty() && arrival.hasFile() ? FILE_FOLLOWS : text;
        if (answer.isEmpty()) {
            return false;
        }
        Optional<Approval> question =
                approvals.answerNext(
                        arrival.session(),
                        arrival.source().askerId(),
                        arrival.source().owner(),
                        arrival.row().seq(),
                        answer);
        if (question.isEmpty() || arrival.hasFile()) {
            return false;
        }
        answered(arrival, question.get());
        return true;
    }

    /** What was answered in secret does not stay in the chat, as far as the platform lets us. */
    private void answered(Arrival arrival, Approval question) {
        List<Long> row = List.of(arrival.row().seq());
        Optional<String> which = Optional.of("question " + question.id());
        if (question.request().questions().stream().noneMatch(Question::secret)) {
            inbox.close(row, Outcome.ANSWER, which);
            return;
        }
        delivery.post(
                Intent.of(
                                "secret:" + arrival.row().seq(),
                                arrival.row().event().conversation(),
                                new Act.Delete(arrival.messageId()))
                        .closing(new Closing(row, Outcome.ANSWER, which)));
    }

    private void unknown(Arrival arrival, String name) {
        if (!arrival.row().standing().commandsAllowed()) {
            ignore(arrival.row(), "a command of somebody who may not give any");
            return;
        }
        Conversation place = arrival.row().event().conversation();
        delivery.post(
                Intent.say(
                                "cmd:" + arrival.row().seq(),
                                place,
                                OutboundMessage.of(
                                        "There is no command %s here. `/help` lists them."
                                                .formatted(
                                                        Sanitised.code(
                                                                "/" + name, NAME_CHARS_MAX))))
                        .closing(Closing.of(List.of(arrival.row().seq()), Outcome.COMMAND)));
    }

    /** An adapter takes our own name off a command; one that is left is somebody else's. */
    private static boolean isForAnotherBot(InboundMessage message) {
        return message.conversation().kind() != ChatKind.DIRECT
                && NAMED_COMMAND.matcher(message.text()).lookingAt();
    }

    /** Only who decides waits for something: the other bot answers the rest. */
    private void notForMe(InboxRow row, InboundMessage message) {
        if (!message.text().startsWith("/approve@") || !row.standing().commandsAllowed()) {
            ignore(row, "a command for another bot");
            return;
        }
        delivery.post(
                Intent.say(
                                "cmd:" + row.seq(),
                                message.conversation(),
                                OutboundMessage.of(
                                        "That `/approve` names another bot, so it is not for me."))
                        .closing(Closing.of(List.of(row.seq()), Outcome.COMMAND)));
    }

    private void ignore(InboxRow row, String reason) {
        inbox.close(List.of(row.seq()), Outcome.IGNORED, Optional.of(reason));
    }
}
