package dev.chela.harness.codex;

import dev.chela.harness.appserver.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * The one connection over which a run hears its thread. Who connects on another thread asks for a
 * number first: when the run has hung up or connected anew since, what they bring is closed, so
 * that no listener is left that nobody reads.
 */
final class ThreadLine {

    private @Nullable Subscription current;
    private int number;

    /** Names the line as it is now. */
    synchronized int number() {
        return number;
    }

    /** Whether nobody has hung up since. */
    synchronized boolean isStill(int asked) {
        return asked == number;
    }

    /** Takes a connection that was made for that line; says whether it did. */
    synchronized boolean take(int asked, Subscription fresh) {
        if (asked != number) {
            fresh.close();
            return false;
        }
        closeCurrent();
        current = fresh;
        return true;
    }

    /** Hears no more, and wants nothing that is still on its way. */
    synchronized void hangUp() {
        number++;
        closeCurrent();
    }

    private void closeCurrent() {
        Subscription old = current;
        current = null;
        if (old != null) {
            old.close();
        }
    }
}
