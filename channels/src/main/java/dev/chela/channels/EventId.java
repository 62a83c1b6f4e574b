package dev.chela.channels;

/** The platform's id of one event; (channel, account, value) is what makes a repeat harmless. */
public record EventId(String channel, String account, String value) {}
