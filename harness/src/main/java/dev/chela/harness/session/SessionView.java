package dev.chela.harness.session;

import dev.chela.harness.SessionKey;
import dev.chela.harness.Source;
import dev.chela.harness.ThreadId;
import dev.chela.harness.TurnKey;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What can be shown of a session.
 *
 * @param source where it was last spoken from
 * @param queued messages that wait, those given to a running turn and not yet taken included
 * @param queue what holds for a message that arrives now
 * @param storedQueue what {@code /queue} stored
 * @param model the model override
 * @param preferences other explicit preferences by name
 * @param thread the native thread it is bound to
 * @param threadFacts what the binding remembers of that thread
 */
public record SessionView(
        SessionKey key,
        String sessionId,
        Optional<Source> source,
        Instant startedAt,
        Instant lastInteractionAt,
        Instant updatedAt,
        Optional<Running> running,
        int queued,
        QueueSettings queue,
        QueueOverride storedQueue,
        Optional<String> model,
        Map<String, String> preferences,
        Usage usage,
        Optional<ThreadId> thread,
        Map<String, String> threadFacts) {

    /** The turn that runs now. */
    public record Running(TurnKey turn, Instant begunAt, boolean interrupting) {}
}
