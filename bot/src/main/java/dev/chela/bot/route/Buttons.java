package dev.chela.bot.route;

import dev.chela.channels.ButtonPress;
import dev.chela.channels.Channel;
import dev.chela.channels.Conversation;
import dev.chela.channels.delivery.Delivery;
import dev.chela.channels.delivery.Resent;
import dev.chela.channels.inbox.Inbox;
import dev.chela.channels.inbox.Outcome;
import dev.chela.commands.Deciders;
import dev.chela.commands.core.Outcomes;
import dev.chela.harness.approval.Approval;
import dev.chela.harness.approval.Approvals;
import dev.chela.harness.approval.Choice;
import dev.chela.harness.approval.DecideResult;
import dev.chela.harness.approval.Decision;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Carries out what a pressed button stands for; the first press counts, later ones are told so. */
final class Buttons {

    private static final String SPOKEN = "command:";

    private final Inbox inbox;
    private final Delivery delivery;
    private final Approvals approvals;
    private final Deciders deciders;
    private final Function<Conversation, Optional<Channel>> channels;

    Buttons(
            Inbox inbox,
            Delivery delivery,
            Approvals approvals,
            Deciders deciders,
            Function<Conversation, Optional<Channel>> channels) {
        this.inbox = inbox;
        this.delivery = delivery;
        this.approvals = approvals;
        this.deciders = deciders;
        this.channels = channels;
    }

    /** The words a button stands for, if pressing it means saying something. */
    static Optional<String> spoken(ButtonPress press) {
        return press.data().startsWith(SPOKEN)
                ? Optional.of(press.data().substring(SPOKEN.length()))
                : Optional.empty();
    }

    /** A button that says {@code words}; at most 56 bytes of them. */
    static String saying(String words) {
        return SPOKEN + words;
    }

    void pressed(Arrival arrival, ButtonPress press) {
        String[] parts = press.data().split(":", 3);
        String notice =
                switch (parts[0]) {
                    case "approval" -> parts.length == 3 ? approve(arrival, parts) : unknown();
                    case "answer" -> parts.length == 3 ? answer(arrival, parts) : unknown();
                    case "resend" -> parts.length == 2 ? resend(arrival, parts[1]) : unknown();
                    default -> unknown();
                };
        inbox.close(List.of(arrival.row().seq()), Outcome.ANSWER, Optional.of(notice));
        acknowledge(press, notice);
    }

    /** Tells the platform that the press was taken; best effort. */
    void acknowledge(ButtonPress press, String notice) {
        channels.apply(press.conversation())
                .ifPresent(channel -> channel.acknowledge(press, notice));
    }

    private String approve(Arrival arrival, String[] parts) {
        Optional<Approval> named = approvals.lookUp(parts[1]);
        Optional<Choice> choice = Choice.parse(parts[2]);
        if (named.isEmpty() || choice.isEmpty()) {
            return "That request is gone.";
        }
        if (!deciders.mayDecide(arrival.source(), named.get())) {
            return "You may not decide this.";
        }
        return told(
                approvals.decide(
                        named.get().id().value(),
                        new Decision.Chosen(choice.get()),
                        arrival.source().askerId()));
    }

    private String answer(Arrival arrival, String[] parts) {
        Optional<Approval> named = approvals.lookUp(parts[1]);
        if (named.isEmpty()) {
            return "That question is gone.";
        }
        if (!mayAnswer(arrival, named.get())) {
            return "The question is for somebody else.";
        }
        return told(
                approvals.decide(
                        named.get().id().value(),
                        Approvals.answers(named.get(), parts[2]),
                        arrival.source().askerId()));
    }

    private static boolean mayAnswer(Arrival arrival, Approval question) {
        return arrival.source().owner()
                || question.request().source().askerId().equals(arrival.source().askerId());
    }

    private String resend(Arrival arrival, String id) {
        if (!id.matches("\\d{1,18}")) {
            return unknown();
        }
        Resent resent = delivery.resend(Long.parseLong(id), arrival.place());
        return switch (resent) {
            case AGAIN -> "Sent again.";
            case ALREADY -> "It was sent again before.";
            case ARRIVED -> "It arrived after all.";
            case GONE -> "That message is gone.";
        };
    }

    private static String told(DecideResult result) {
        return switch (result) {
            case DecideResult.Decided(Approval approval) -> Outcomes.describe(approval);
            case DecideResult.AlreadyDecided(Approval approval) ->
                    "already decided: " + Outcomes.describe(approval);
            case DecideResult.Expired expired -> "its time had passed, so it was denied";
            case DecideResult.Ambiguous ambiguous -> "several requests have that id";
            case DecideResult.Unknown unknown -> "that request is gone";
        };
    }

    private static String unknown() {
        return "This button is of an older version and does nothing now.";
    }
}
