package dev.chela.harness.codex;

import dev.chela.harness.ThreadId;

/** A turn runs on the thread, so nobody else may begin to talk to it now. */
public final class ThreadBusyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ThreadBusyException(ThreadId thread) {
        super("a turn runs on thread " + thread);
    }
}
