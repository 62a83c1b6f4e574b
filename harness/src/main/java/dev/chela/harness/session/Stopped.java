package dev.chela.harness.session;

/**
 * What a stop did.
 *
 * @param interrupted whether a turn was running and is now being interrupted
 * @param queuedClosed how many waiting messages were ended
 */
public record Stopped(boolean interrupted, int queuedClosed) {}
