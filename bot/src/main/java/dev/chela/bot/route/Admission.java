package dev.chela.bot.route;

import dev.chela.channels.Conversation;
import dev.chela.channels.inbox.InboxRow;
import dev.chela.commands.Reading.Found;
import dev.chela.commands.core.ModelCommand;
import dev.chela.commands.core.QueueCommand;
import dev.chela.config.GroupChatConfig;
import dev.chela.config.Live;
import dev.chela.config.MessagesConfig;
import dev.chela.harness.ReplyMode;
import dev.chela.harness.session.QueueOverride;
import dev.chela.harness.session.ReplyPolicy;
import dev.chela.harness.session.SessionKeys;
import dev.chela.harness.session.Sessions;
import dev.chela.harness.session.SteerResult;
import dev.chela.harness.session.Submission;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Gives a message to its session's lane, with the reply mode decided before the turn. */
final class Admission {

    private final Sessions sessions;
    private final Live<MessagesConfig> config;
    private final boolean messageTool;
    private final LiveTurns live;
    private final Acks acks;
    private final Manners manners;

    /**
     * @param messageTool whether agents have the {@code message} tool
     */
    Admission(
            Sessions sessions,
            Live<MessagesConfig> config,
            boolean messageTool,
            LiveTurns live,
            Acks acks,
            Manners manners) {
        this.sessions = sessions;
        this.config = config;
        this.messageTool = messageTool;
        this.live = live;
        this.acks = acks;
        this.manners = manners;
    }

    /** How long plain words wait for more of the same person before they are given to a lane. */
    Duration quiet(Conversation place) {
        return manners.inboundQuiet(place);
    }

    /** Whether a lane has this row already. */
    boolean knows(InboxRow row) {
        return sessions.knows(row.seq());
    }

    /** Returns when the message is stored in its lane. */
    void submit(Arrival arrival, List<Found> directives) {
        // Shown first: a quick turn could end before it, and then nobody would end it.
        InboxRow row = arrival.row();
        live.waiting(row.seq(), arrival.place(), row.standing().addressed());
        // Before the turn, whose answer may take it away again.
        acks.seen(row);
        boolean stored = false;
        try {
            sessions.submit(submission(arrival, directives));
            stored = true;
        } finally {
            if (!stored) {
                live.settled(List.of(arrival.row().seq()));
            }
        }
    }

    /**
     * Gives a message to the running turn, past others that wait; what becomes of it shows there.
     */
    void steer(Arrival arrival) {
        sessions.steerNow(submission(arrival, List.of()))
                .thenAccept(
                        result -> {
                            if (result == SteerResult.STEERED) {
                                live.steered(arrival.row().seq(), arrival.place());
                            }
                        });
    }

    private Submission submission(Arrival arrival, List<Found> directives) {
        boolean command = arrival.messageIsCommand();
        boolean ambient = !arrival.row().standing().addressed() && isQuietRoom();
        // A bound conversation has no message tool, so its answers are always shown.
        boolean bound = SessionKeys.isClaim(arrival.session());
        ReplyMode mode =
                ReplyPolicy.decide(
                        config.get(),
                        arrival.source(),
                        new ReplyPolicy.Facts(command, ambient && !bound, messageTool && !bound),
                        ReplyMode.MESSAGE_TOOL);
        return new Submission(
                arrival.row().seq(),
                arrival.session(),
                arrival.source(),
                mode,
                queue(directives),
                model(directives),
                ambient);
    }

    /** An inline {@code /model} that the catalogue knows; another is left to the session's own. */
    private static Optional<String> model(List<Found> directives) {
        return directives.stream()
                .filter(found -> !found.arguments().isEmpty())
                .flatMap(
                        found ->
                                found.command() instanceof ModelCommand command
                                        ? command.meant(found.arguments()).stream()
                                        : Stream.empty())
                .reduce((first, second) -> second);
    }

    /** Whether talk that does not name us is only to be watched. */
    boolean isQuietRoom() {
        return config.get()
                .groupChat()
                .unmentionedInbound()
                .equals(Optional.of(GroupChatConfig.UnmentionedInbound.ROOM_EVENT));
    }

    private static Optional<QueueOverride> queue(List<Found> directives) {
        return directives.stream()
                .filter(found -> found.command() instanceof QueueCommand)
                .flatMap(found -> QueueCommand.read(found.arguments()).stream())
                .reduce((first, second) -> second);
    }
}
