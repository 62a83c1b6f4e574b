package dev.chela.harness.session;

import dev.chela.harness.SessionKey;
import dev.chela.harness.ThreadId;
import java.time.Instant;
import java.util.Map;

/**
 * Which native thread a session talks to.
 *
 * @param facts what the thread was started with (folder, fingerprints, …), named by whoever binds
 * @param createdAt when the thread was bound
 * @param updatedAt when the facts last changed
 */
public record Binding(
        SessionKey session,
        ThreadId thread,
        Map<String, String> facts,
        Instant createdAt,
        Instant updatedAt) {

    public Binding {
        facts = Map.copyOf(facts);
    }
}
