package dev.chela.harness.session;

/**
 * What a reset did.
 *
 * @param sessionId the session's id from now on
 * @param archivedId the id under which the old transcript is kept; the same if it was kept in place
 * @param interrupted whether a turn was running and is now being interrupted
 * @param queuedClosed how many waiting messages were ended
 */
public record ResetResult(
        String sessionId, String archivedId, boolean interrupted, int queuedClosed) {}
