package dev.chela.harness.session;

import java.util.Optional;

/**
 * What a reset did.
 *
 * @param sessionId the session's id from now on
 * @param archivedId the id under which the old session is kept; empty if nothing was said in it, or
 *     it goes on
 * @param interrupted whether a turn was running and is now being interrupted
 * @param queuedClosed how many waiting messages were ended
 */
public record ResetResult(
        String sessionId, Optional<String> archivedId, boolean interrupted, int queuedClosed) {}
