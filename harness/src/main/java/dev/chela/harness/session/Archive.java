package dev.chela.harness.session;

import dev.chela.harness.SessionKey;
import dev.chela.harness.ThreadId;
import java.time.Instant;
import java.util.Optional;

/**
 * A session that is over and can be taken up again.
 *
 * @param sessionId names it, and its transcript
 * @param reason why it ended: {@code new}, {@code reset}, {@code daily}, {@code idle} or {@code
 *     restore}
 * @param thread the native thread it was bound to
 * @param messages entries of its transcript
 */
public record Archive(
        String sessionId,
        SessionKey session,
        String reason,
        Instant startedAt,
        Instant endedAt,
        Optional<ThreadId> thread,
        int messages) {}
