package dev.chela.harness;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** How a turn ended. Every case is something a person can be told. */
public sealed interface TurnOutcome {

    /**
     * Codex completed it.
     *
     * @param text the last completed agent message that is no commentary
     * @param messageToolUsed whether the agent delivered something to the source itself
     * @param media files the agent made for the person
     * @param notice one line of ours that the person is to read with the answer
     */
    record Completed(
            Optional<String> text,
            boolean messageToolUsed,
            List<Path> media,
            Optional<String> notice)
            implements TurnOutcome {

        public Completed {
            media = List.copyOf(media);
        }

        /** Without a line of ours. */
        public Completed(Optional<String> text, boolean messageToolUsed, List<Path> media) {
            this(text, messageToolUsed, media, Optional.empty());
        }

        public Completed withNotice(String line) {
            return new Completed(text, messageToolUsed, media, Optional.of(line));
        }
    }

    /**
     * It was interrupted.
     *
     * @param cause by whom
     * @param partialText what it had said
     * @param notice one line of ours that the person is to read, however it was interrupted
     */
    record Interrupted(Cause cause, Optional<String> partialText, Optional<String> notice)
            implements TurnOutcome {

        /** Without a line of ours. */
        public Interrupted(Cause cause, Optional<String> partialText) {
            this(cause, partialText, Optional.empty());
        }
    }

    /**
     * It failed.
     *
     * @param kind the typed cause, never taken from message text
     * @param notice for the person: what happened and the next step
     */
    record Failed(Failure kind, String notice) implements TurnOutcome {}

    /**
     * Codex was cut and cannot tell whether work was done; the thread is kept.
     *
     * @param cause what cut it
     * @param notice says so truthfully
     */
    record Uncertain(Cause cause, String notice) implements TurnOutcome {}

    /** Why a turn was cut short; never reported to the model as something else. */
    enum Cause {
        USER_STOP,
        NEW_SESSION,
        NEWER_MESSAGE,
        WATCHDOG,
        PROCESS_EXIT,
        SHUTDOWN,
        EXTERNAL
    }

    /** The typed causes of failure. */
    enum Failure {
        NOT_SIGNED_IN,
        USAGE_LIMIT,
        RATE_LIMIT,
        OVERLOADED,
        CONTEXT_FULL,
        TIMEOUT,
        SERVER_UNAVAILABLE,
        THREAD_BUSY,
        MODEL_ERROR,
        INPUT_REFUSED,
        COMPUTER_USE,
        UNGUARDED,
        INTERNAL
    }
}
