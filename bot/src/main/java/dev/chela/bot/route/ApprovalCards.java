package dev.chela.bot.route;

import dev.chela.channels.Conversation;
import dev.chela.channels.OutboundMessage;
import dev.chela.channels.delivery.Delivery;
import dev.chela.channels.delivery.DeliveryException;
import dev.chela.channels.delivery.Intent;
import dev.chela.channels.delivery.Posted;
import dev.chela.config.state.DatabaseException;
import dev.chela.harness.approval.Approval;
import dev.chela.harness.approval.ApprovalDesk;
import dev.chela.harness.approval.ApprovalRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows approvals and questions to those who decide, and turns each prompt into its outcome.
 *
 * <p>The prompts of one approval are the intents {@code approval:<id>}, {@code approval:<id>:1} and
 * so on, at most {@value #PLACES_MAX}: whoever settles it later, after a restart or with another
 * config, finds them all. {@code approval:<id>:asked} tells the chat it came from that others were
 * asked; {@code approval:<id>:words} is the prompt without buttons, for when no other arrived.
 */
final class ApprovalCards implements ApprovalDesk {

    private static final Logger LOG = LoggerFactory.getLogger(ApprovalCards.class);
    private static final int PLACES_MAX = 16;

    private final Delivery delivery;
    private final Function<Approval, List<Conversation>> places;

    /**
     * @param places who is to see a prompt
     */
    ApprovalCards(Delivery delivery, Function<Approval, List<Conversation>> places) {
        this.delivery = delivery;
        this.places = places;
    }

    @Override
    public boolean shown(Approval approval) {
        Optional<Conversation> origin = Places.conversation(approval.request().source());
        List<Conversation> wanted = places.apply(approval).stream().limit(PLACES_MAX).toList();
        OutboundMessage card = ApprovalCard.open(approval);
        List<CompletableFuture<Posted>> posted = new ArrayList<>();
        for (Conversation place : wanted) {
            boolean here = origin.isEmpty() || origin.get().equals(place);
            OutboundMessage shown = here ? card : ApprovalCard.elsewhere(approval);
            post(intent(approval, posted.size()), place, shown).ifPresent(posted::add);
        }
        if (posted.isEmpty() && origin.isPresent() && !wanted.contains(origin.get())) {
            post(intent(approval, 0), origin.get(), card).ifPresent(posted::add);
        } else if (origin.isPresent() && !wanted.contains(origin.get())) {
            post(approval.intent() + ":asked", origin.get(), ApprovalCard.waiting());
        }
        if (posted.isEmpty()) {
            LOG.info("approval={} can be shown to nobody and is denied", approval.id());
            return false;
        }
        origin.ifPresent(place -> inWordsIfNoneArrives(approval, place, posted));
        return true;
    }

    @Override
    public void settled(Approval approval) {
        OutboundMessage outcome = ApprovalCard.settled(approval);
        for (int at = 0; at < PLACES_MAX && amend(intent(approval, at), outcome); at++) {}
        amend(approval.intent() + ":words", outcome);
        amend(approval.intent() + ":asked", ApprovalCard.decided(approval));
    }

    @Override
    public void refused(ApprovalRequest request) {
        String from = request.origin().map(Object::toString).orElse(request.title());
        Places.conversation(request.source())
                .ifPresent(
                        place ->
                                post(
                                        "approval:refused:" + Integer.toHexString(from.hashCode()),
                                        place,
                                        ApprovalCard.secret()));
    }

    /** A card that no platform took, over its buttons or a chat that is closed to us. */
    private void inWordsIfNoneArrives(
            Approval approval, Conversation origin, List<CompletableFuture<Posted>> posted) {
        CompletableFuture.allOf(posted.toArray(CompletableFuture<?>[]::new))
                .thenRun(
                        () -> {
                            boolean lost =
                                    posted.stream()
                                            .map(CompletableFuture::join)
                                            .allMatch(end -> end.state() == Posted.State.FAILED);
                            if (lost) {
                                LOG.warn("approval={} is shown without buttons", approval.id());
                                post(
                                        approval.intent() + ":words",
                                        origin,
                                        ApprovalCard.open(approval).withButtons(List.of()));
                            }
                        });
    }

    private Optional<CompletableFuture<Posted>> post(
            String intent, Conversation place, OutboundMessage message) {
        try {
            return Optional.of(delivery.post(Intent.say(intent, place, message)));
        } catch (DeliveryException | DatabaseException e) {
            LOG.warn("intent={} was not shown: {}", intent, e.getMessage());
            return Optional.empty();
        }
    }

    /** Whether that prompt was ever posted. */
    private boolean amend(String intent, OutboundMessage message) {
        if (delivery.outcome(intent).isEmpty()) {
            return false;
        }
        try {
            delivery.amend(intent, message);
        } catch (DeliveryException e) {
            LOG.warn("intent={} keeps its open prompt: {}", intent, e.getMessage());
        }
        return true;
    }

    private static String intent(Approval approval, int place) {
        return place == 0 ? approval.intent() : approval.intent() + ":" + place;
    }
}
