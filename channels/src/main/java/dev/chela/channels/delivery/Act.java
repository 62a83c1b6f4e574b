package dev.chela.channels.delivery;

import dev.chela.channels.OutboundMessage;

/** What to do on a platform. */
public sealed interface Act {

    /** Says something new. */
    record Say(OutboundMessage message) implements Act {}

    /** Changes a message of ours. */
    record Edit(String messageId, OutboundMessage message) implements Act {}

    record Delete(String messageId) implements Act {}

    /** Sets our reaction; an empty emoji removes it. */
    record React(String messageId, String emoji) implements Act {}
}
