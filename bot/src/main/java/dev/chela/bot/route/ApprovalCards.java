package dev.chela.bot.route;

import dev.chela.channels.Conversation;
import dev.chela.channels.delivery.Delivery;
import dev.chela.channels.delivery.DeliveryException;
import dev.chela.channels.delivery.Intent;
import dev.chela.config.state.DatabaseException;
import dev.chela.harness.approval.Approval;
import dev.chela.harness.approval.ApprovalDesk;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows approvals and questions where they were asked, and turns each prompt into its outcome. */
final class ApprovalCards implements ApprovalDesk {

    private static final Logger LOG = LoggerFactory.getLogger(ApprovalCards.class);

    private final Delivery delivery;

    ApprovalCards(Delivery delivery) {
        this.delivery = delivery;
    }

    @Override
    public boolean shown(Approval approval) {
        Optional<Conversation> place = Places.conversation(approval.request().source());
        if (place.isEmpty()) {
            LOG.info("approval={} has no conversation and is denied", approval.id());
            return false;
        }
        try {
            delivery.post(Intent.say(approval.intent(), place.get(), ApprovalCard.open(approval)));
        } catch (DeliveryException | DatabaseException e) {
            LOG.warn("approval={} was not shown: {}", approval.id(), e.getMessage());
            return false;
        }
        return true;
    }

    @Override
    public void settled(Approval approval) {
        try {
            delivery.amend(approval.intent(), ApprovalCard.settled(approval));
        } catch (DeliveryException e) {
            LOG.warn("approval={} keeps its open prompt: {}", approval.id(), e.getMessage());
        }
    }
}
