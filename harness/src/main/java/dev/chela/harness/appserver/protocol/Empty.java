package dev.chela.harness.appserver.protocol;

/** The answer {@code {}}: done, nothing to say. */
public record Empty() {}
