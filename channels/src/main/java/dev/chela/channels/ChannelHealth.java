package dev.chela.channels;

import java.time.Instant;
import java.util.Optional;

/**
 * Whether a channel hears anything, judged by completed reads of the platform only.
 *
 * @param listening whether events would reach us now
 * @param lastInbound when the platform last answered a read
 * @param problem what is wrong and the next step, when something is
 */
public record ChannelHealth(
        boolean listening, Optional<Instant> lastInbound, Optional<String> problem) {}
