package dev.chela.harness.codex;

import dev.chela.config.state.DatabaseException;
import dev.chela.harness.ThreadId;
import dev.chela.harness.TurnId;
import dev.chela.harness.TurnOutcome;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a turn that was found after a restart had sent to the person by itself. */
final class SentMeanwhile {

    private static final Logger LOG = LoggerFactory.getLogger(SentMeanwhile.class);

    private SentMeanwhile() {}

    /** The outcome, saying so. */
    static TurnOutcome in(
            TurnOutcome outcome, ThreadId thread, @Nullable TurnId turn, ServerRequests requests) {
        if (!(outcome instanceof TurnOutcome.Completed completed) || turn == null) {
            return outcome;
        }
        try {
            boolean delivered =
                    completed.messageToolUsed() || requests.tools().delivered(thread, turn);
            return new TurnOutcome.Completed(
                    completed.text(), delivered, completed.media(), completed.notice());
        } catch (DatabaseException e) {
            LOG.error("not known what a turn sent by itself: codex_turn={}", turn, e);
            return outcome;
        }
    }
}
