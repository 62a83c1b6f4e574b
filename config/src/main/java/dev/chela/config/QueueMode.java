package dev.chela.config;

/** What a message does to a running turn. */
public enum QueueMode {
    STEER,
    QUEUE,
    FOLLOWUP,
    COLLECT,
    INTERRUPT
}
