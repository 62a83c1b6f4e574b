package dev.chela.harness.codex;

import dev.chela.harness.TurnId;
import dev.chela.harness.TurnOutcome;
import dev.chela.harness.appserver.protocol.ServerNotification;
import dev.chela.harness.appserver.protocol.ThreadItem;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees whether a turn has the hooks that it must have. Codex tells that it asks before it shows the
 * command or patch it asked about; where it shows one and told of no hook, the hook is not there.
 */
final class HookWatch {

    private static final Logger LOG = LoggerFactory.getLogger(HookWatch.class);
    private static final String BEFORE_TOOL = "preToolUse";

    private final Set<TurnId> asked = new HashSet<>();
    private boolean sees;
    private boolean missed;

    /**
     * @param guarded whether there must be hooks; else nothing is looked at
     */
    HookWatch(boolean guarded) {
        this.sees = guarded;
    }

    /** Not everything was heard: what is missing may have been there. */
    synchronized void blind() {
        sees = false;
    }

    /**
     * Takes in what the server tells of the thread; true once, when a hook is missing.
     *
     * @param turn ours, once it is known; until then any counts
     */
    synchronized boolean misses(ServerNotification notification, Optional<TurnId> turn) {
        if (!sees) {
            return false;
        }
        if (notification instanceof ServerNotification.HookStarted hook
                && hook.turnId() != null
                && hook.run().eventName().equals(BEFORE_TOOL)) {
            asked.add(hook.turnId());
        }
        if (notification instanceof ServerNotification.ItemStarted started
                && turn.map(started.turnId()::equals).orElse(true)
                && isNative(started.item())
                && !asked.contains(started.turnId())) {
            LOG.error("a native hook is missing: thread={}", started.threadId());
            missed = true;
            sees = false;
            return true;
        }
        return false;
    }

    private static boolean isNative(ThreadItem item) {
        return item instanceof ThreadItem.CommandExecution || item instanceof ThreadItem.FileChange;
    }

    /** However the turn ended, nobody here was asked about what it ran. */
    synchronized TurnOutcome told(TurnOutcome outcome) {
        return missed
                ? Failures.unguarded("a tool began that nobody here was asked about")
                : outcome;
    }

    synchronized boolean hasMissed() {
        return missed;
    }
}
