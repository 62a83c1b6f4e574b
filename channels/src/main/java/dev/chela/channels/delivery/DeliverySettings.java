package dev.chela.channels.delivery;

import dev.chela.channels.Conversation;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * What the operator and the rest of the bot decide about delivery.
 *
 * @param rules by conversation, asked for at every attempt
 * @param redact takes secrets out of text on its way out
 */
public record DeliverySettings(
        Function<Conversation, DeliveryRules> rules,
        UnaryOperator<String> redact,
        DeliveryListener listener,
        Pauses pauses) {

    /**
     * How often the signs of a running turn are shown anew.
     *
     * @param preview at least between two edits of a preview, if the platform allows more
     * @param typing between two typing signs; absent is what suits the platform
     */
    public record Pauses(
            Function<Conversation, Duration> preview, Supplier<Optional<Duration>> typing) {

        /** What suits the platform. */
        public static Pauses standard() {
            return new Pauses(where -> Duration.ZERO, Optional::empty);
        }
    }

    /** Each channel's usual pauses, nothing redacted, nobody told. */
    public static DeliverySettings standard() {
        return new DeliverySettings(
                where -> DeliveryRules.of(where.channel()),
                UnaryOperator.identity(),
                DeliveryListener.none(),
                Pauses.standard());
    }
}
