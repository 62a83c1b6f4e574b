package dev.chela.harness.appserver;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * Why the server refused a request. The server has one code for most of it, so this is the one
 * place that looks at its words.
 */
public enum RpcRefusal {
    /** Too many requests at once; ask again. */
    OVERLOADED,
    /** This server has no such method. */
    UNKNOWN_METHOD,
    /** The method or member is not enabled or not ready. */
    UNSUPPORTED,
    /** The text is too long for one turn. */
    INPUT_TOO_LARGE,
    /** A compaction or review runs; its turn takes no input. */
    NOT_STEERABLE,
    /** No turn runs on that thread. */
    NO_ACTIVE_TURN,
    /** Another turn runs than the one named. */
    OTHER_TURN,
    /** Another process has the thread open. */
    ACTIVE_WRITER,
    /** The server knows no such thread, or it never had a turn; what is no id names none. */
    NO_SUCH_THREAD,
    /** The thread's file has no head: an earlier server was killed while it began it. */
    UNREADABLE_THREAD,
    /** An account is needed. */
    SIGN_IN_REQUIRED,
    /** Something else. */
    OTHER;

    private static final int OVERLOADED_CODE = -32001;
    private static final int UNSUPPORTED_CODE = -32601;

    static RpcRefusal of(String method, int code, @Nullable JsonNode data, String text) {
        if (code == OVERLOADED_CODE) {
            return OVERLOADED;
        }
        if (text.contains("unknown variant `" + method + "`")) {
            return UNKNOWN_METHOD;
        }
        if (data != null && data.path("input_error_code").asText().equals("input_too_large")) {
            return INPUT_TOO_LARGE;
        }
        if (data != null && data.path("codexErrorInfo").has("activeTurnNotSteerable")
                || text.contains("ActiveTurnNotSteerable")) {
            return NOT_STEERABLE;
        }
        if (text.contains("already has an active writer")) {
            return ACTIVE_WRITER;
        }
        if (text.contains("no active turn")) {
            return NO_ACTIVE_TURN;
        }
        if (text.startsWith("expected active turn id")) {
            return OTHER_TURN;
        }
        if (text.contains("no rollout found")
                || text.startsWith("thread not found")
                || text.startsWith("thread not loaded")
                || text.startsWith("invalid session id")
                || text.startsWith("invalid thread id")) {
            return NO_SUCH_THREAD;
        }
        if (text.contains("failed to read session metadata")) {
            return UNREADABLE_THREAD;
        }
        if (text.contains("authentication required")) {
            return SIGN_IN_REQUIRED;
        }
        return code == UNSUPPORTED_CODE || text.contains("requires experimentalApi")
                ? UNSUPPORTED
                : OTHER;
    }
}
