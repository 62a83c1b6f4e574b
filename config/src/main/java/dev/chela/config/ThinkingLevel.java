package dev.chela.config;

/** How much a model thinks before it answers. */
public enum ThinkingLevel {
    OFF,
    MINIMAL,
    LOW,
    MEDIUM,
    HIGH,
    XHIGH,
    MAX,
    ADAPTIVE
}
