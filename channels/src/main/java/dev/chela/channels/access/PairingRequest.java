package dev.chela.channels.access;

import java.time.Instant;

/**
 * Somebody who waits for approval.
 *
 * @param name what the platform calls them; foreign text
 */
public record PairingRequest(
        String channel,
        String account,
        String person,
        String name,
        String code,
        Instant requestedAt,
        Instant expiresAt) {}
