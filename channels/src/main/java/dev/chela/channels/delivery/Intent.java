package dev.chela.channels.delivery;

import dev.chela.channels.Conversation;
import dev.chela.channels.OutboundMessage;
import java.util.Optional;

/**
 * Something that has to happen on a platform, once.
 *
 * @param id makes a repeat harmless: {@code turn:<key>:final}, {@code tool:<thread>:<turn>:<call>},
 *     {@code approval:<id>}, {@code cmd:<seq>}
 * @param turn the turn it belongs to, for {@link Delivery#sentTexts}
 * @param endsPreview whether it takes the place of that turn's preview
 */
public record Intent(
        String id,
        Conversation to,
        Act act,
        Closing closing,
        Optional<String> turn,
        boolean endsPreview) {

    /** What the id of a prompt begins with: it may be sent again where its fate is unknown. */
    static final String PROMPT = "approval:";

    /**
     * What the id of an acknowledgement begins with: it is tried once, since what stands behind it
     * is the answer.
     */
    public static final String ACK = "ack:";

    public Intent {
        if (endsPreview && turn.isEmpty()) {
            throw new IllegalArgumentException("intent " + id + " ends a preview of no turn");
        }
    }

    public static Intent say(String id, Conversation to, OutboundMessage message) {
        return of(id, to, new Act.Say(message));
    }

    public static Intent of(String id, Conversation to, Act act) {
        return new Intent(id, to, act, Closing.nothing(), Optional.empty(), false);
    }

    public Intent closing(Closing rows) {
        return new Intent(id, to, act, rows, turn, endsPreview);
    }

    /** Belongs to a turn and leaves its preview alone: a message of the message tool. */
    public Intent duringTurn(String key) {
        return new Intent(id, to, act, closing, Optional.of(key), false);
    }

    /** Is the last word of a turn: the preview becomes it, or goes. */
    public Intent endingTurn(String key) {
        return new Intent(id, to, act, closing, Optional.of(key), true);
    }
}
