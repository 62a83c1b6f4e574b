package dev.chela.channels;

import java.time.Duration;

/** What became of one call to a platform. */
public sealed interface Sent {

    /** The platform has it under this id. */
    record Acknowledged(String messageId) implements Sent {}

    /** Certainly not delivered; trying again may help, not before {@code after}. */
    record TryAgain(Duration after, String reason) implements Sent {}

    /** Certainly not delivered and never will be: chat gone, bot blocked, text refused. */
    record Refused(String reason) implements Sent {}

    /** The request may have arrived and its answer was lost: never sent again by itself. */
    record Unknown(String reason) implements Sent {}

    /** The platform has no such thing. */
    record Unsupported() implements Sent {}
}
