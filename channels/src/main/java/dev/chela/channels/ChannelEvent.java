package dev.chela.channels;

import java.time.Instant;

/** Something a platform told us. */
public sealed interface ChannelEvent permits InboundMessage, ButtonPress, MessageEdit, Reaction {

    EventId id();

    Conversation conversation();

    Sender sender();

    Instant at();
}
