package dev.chela.channels.delivery;

import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * What the operator and the rest of the bot decide about delivery.
 *
 * @param rules by channel id, asked for at every attempt
 * @param redact takes secrets out of text on its way out
 */
public record DeliverySettings(
        Function<String, DeliveryRules> rules,
        UnaryOperator<String> redact,
        DeliveryListener listener) {

    /** Each channel's usual pauses, nothing redacted, nobody told. */
    public static DeliverySettings standard() {
        return new DeliverySettings(
                DeliveryRules::of, UnaryOperator.identity(), DeliveryListener.none());
    }
}
