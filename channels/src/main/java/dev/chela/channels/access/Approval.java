package dev.chela.channels.access;

import java.time.Instant;

/** Somebody an operator let in. */
public record Approval(
        String channel, String account, String person, String name, Instant approvedAt) {}
