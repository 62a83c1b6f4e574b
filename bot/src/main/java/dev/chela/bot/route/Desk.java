package dev.chela.bot.route;

import dev.chela.channels.Channel;
import dev.chela.channels.Conversation;
import dev.chela.channels.InboundMessage;
import dev.chela.channels.OutboundMessage;
import dev.chela.channels.delivery.Closing;
import dev.chela.channels.delivery.Delivery;
import dev.chela.channels.delivery.DeliveryException;
import dev.chela.channels.delivery.Intent;
import dev.chela.channels.inbox.Inbox;
import dev.chela.channels.inbox.InboxRow;
import dev.chela.channels.inbox.Outcome;
import dev.chela.config.state.DatabaseException;
import dev.chela.harness.InputEnd;
import dev.chela.harness.Prompt;
import dev.chela.harness.Source;
import dev.chela.harness.TurnContext;
import dev.chela.harness.TurnDesk;
import dev.chela.harness.TurnEvent;
import dev.chela.harness.TurnOutcome;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes turns' outcomes to the people who asked; every ticket ends here with an outcome. */
final class Desk implements TurnDesk {

    private static final Logger LOG = LoggerFactory.getLogger(Desk.class);

    private final Inbox inbox;
    private final Delivery delivery;
    private final Prompts prompts;
    private final LiveTurns live;
    private final Answers answers;
    private final Acks acks;
    private final Function<Conversation, Optional<Channel>> channels;

    Desk(
            Inbox inbox,
            Delivery delivery,
            Prompts prompts,
            LiveTurns live,
            Answers answers,
            Acks acks,
            Function<Conversation, Optional<Channel>> channels) {
        this.inbox = inbox;
        this.delivery = delivery;
        this.prompts = prompts;
        this.live = live;
        this.answers = answers;
        this.acks = acks;
        this.channels = channels;
    }

    @Override
    public Prompt read(List<Long> tickets) {
        return prompts.read(tickets);
    }

    @Override
    public String words(long ticket) {
        return prompts.words(ticket);
    }

    @Override
    public void taken(Prompt prompt) {
        prompts.taken(prompt);
    }

    @Override
    public void renewed(Source source, long ticket) {
        Places.conversation(source).ifPresent(place -> inbox.skipEvents(place, ticket));
    }

    @Override
    public void progress(TurnContext turn, TurnEvent event) {
        try {
            live.on(turn, event);
        } catch (DeliveryException | DatabaseException e) {
            // What is shown on the way must never end a turn.
            LOG.warn("turn={} progress was not shown: {}", turn.key(), e.getMessage());
        }
    }

    @Override
    public void finished(TurnContext turn, TurnOutcome outcome) {
        Answers.Answer answer = Renewals.said(answers.of(turn, outcome), turn.renewal());
        Optional<Conversation> place = Places.conversation(turn.source());
        Closing closing = new Closing(turn.tickets(), answer.outcome(), answer.detail());
        if (place.isPresent() && answer.message().isPresent() && isReachable(place.get())) {
            post(turn, place.get(), answer.message().get(), closing);
        } else {
            place.filter(this::isReachable)
                    .ifPresent(where -> delivery.preview(where, turn.key().value()).discard());
            inbox.close(turn.tickets(), answer.outcome(), reason(answer, place));
            LOG.atInfo()
                    .addKeyValue("turn", turn.key())
                    .addKeyValue("session", turn.session())
                    .addKeyValue("outcome", answer.outcome().code())
                    .addKeyValue("reason", answer.detail().orElse("none"))
                    .log("turn ended without a message of ours");
        }
        live.ended(turn);
        acks.settled(turn.tickets());
    }

    @Override
    public void ended(List<Long> tickets, InputEnd end) {
        Outcome outcome = outcome(end.kind());
        inbox.rows(tickets).stream()
                .collect(Collectors.groupingBy(row -> row.event().conversation()))
                .forEach((place, rows) -> ended(place, rows, end, outcome));
        live.settled(tickets);
        acks.settled(tickets);
    }

    private void ended(Conversation place, List<InboxRow> rows, InputEnd end, Outcome outcome) {
        List<Long> tickets = rows.stream().map(InboxRow::seq).toList();
        if (end.notice().isBlank() || !isReachable(place)) {
            inbox.close(tickets, outcome, Optional.of(end.kind().name()));
        } else {
            delivery.post(
                    Intent.say("end:" + tickets.getFirst(), place, notice(end, rows.getLast()))
                            .closing(Closing.of(tickets, outcome)));
        }
    }

    /** It points to the message that it is about, or the last of them. */
    private static OutboundMessage notice(InputEnd end, InboxRow row) {
        OutboundMessage said = OutboundMessage.of(end.notice());
        return row.event() instanceof InboundMessage message
                ? said.inReplyTo(message.messageId())
                : said;
    }

    /** A channel may have left the config while its message waited. */
    private boolean isReachable(Conversation place) {
        return channels.apply(place).isPresent();
    }

    private Optional<String> reason(Answers.Answer answer, Optional<Conversation> place) {
        return place.isPresent() && !isReachable(place.get())
                ? Optional.of("its channel is not configured any more")
                : answer.detail();
    }

    private void post(
            TurnContext turn, Conversation place, OutboundMessage message, Closing closing) {
        delivery.post(
                Intent.say("turn:%s:final".formatted(turn.key()), place, message)
                        .endingTurn(turn.key().value())
                        .closing(closing));
    }

    private static Outcome outcome(InputEnd.Kind kind) {
        return switch (kind) {
            case STOPPED, SESSION_RESET -> Outcome.STOPPED;
            case DROPPED -> Outcome.DROPPED;
            case QUEUE_FULL -> Outcome.QUEUE_FULL;
            case SUPERSEDED -> Outcome.SUPERSEDED;
        };
    }
}
