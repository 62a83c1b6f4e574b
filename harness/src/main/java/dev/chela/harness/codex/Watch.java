package dev.chela.harness.codex;

import java.time.Duration;

/** The watches of a turn; when one runs out, Codex is asked. docs/ARCHITECTURE.md has the table. */
enum Watch {
    /** Nothing was heard since Codex was given something, or since it named an error. */
    COMPLETION("turn.completion_idle_timeout"),
    /** Nothing was heard since a tool ended. */
    POST_TOOL("turn.completion_idle_timeout"),
    /** Nothing was heard since a thought or remark ended. */
    THOUGHT("turn.completion_idle_timeout"),
    /** The answer is there and nothing is open, but the turn does not end. */
    RELEASE("turn.assistant_output_release"),
    /** Nothing was heard at all. */
    TERMINAL("turn.terminal_idle_timeout"),
    /** An interrupt was not followed by an end. */
    INTERRUPT("turn.interrupt_timeout"),
    /** The turn took longer than it may. */
    RUN("turn.progress_idle_timeout");

    private final String code;

    Watch(String code) {
        this.code = code;
    }

    /** What the log says when it ran out: never content. */
    String ranOut(Duration silent, Duration elapsed, String lastHeard, OpenWork open) {
        return "%s watch=%s silent=%ss elapsed=%ss last=%s %s"
                .formatted(code, this, silent.toSeconds(), elapsed.toSeconds(), lastHeard, open);
    }

    /** Its diagnostic code. */
    String code() {
        return code;
    }
}
