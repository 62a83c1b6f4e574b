package dev.chela.harness.codex;

import dev.chela.harness.Legible;
import dev.chela.harness.TurnOutcome;
import dev.chela.harness.TurnOutcome.Failed;
import dev.chela.harness.TurnOutcome.Failure;
import dev.chela.harness.appserver.AppServerException;
import dev.chela.harness.appserver.ConnectionClosedException;
import dev.chela.harness.appserver.OutsideWorkspaceException;
import dev.chela.harness.appserver.ProtocolViolationException;
import dev.chela.harness.appserver.RequestTimedOutException;
import dev.chela.harness.appserver.RpcFailedException;
import dev.chela.harness.appserver.RpcRefusal;
import dev.chela.harness.appserver.SignedOutException;
import dev.chela.harness.appserver.SwitchedOffException;
import dev.chela.harness.appserver.UnguardedException;
import dev.chela.harness.appserver.protocol.CodexErrorInfo;
import dev.chela.harness.appserver.protocol.TurnError;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns what Codex calls an error into a typed cause and words with a next step. */
final class Failures {

    private static final String OPEN_ELSEWHERE =
            "Another Codex process, perhaps a desktop app or `codex` in a terminal, has this"
                    + " conversation's thread open, so nothing was sent to it. Close the thread"
                    + " there and send this again, or begin anew here with `/new`. The thread is"
                    + " kept.";
    private static final String RESUME = "thread/resume";
    private static final String CLOSED_THREAD =
            " If its thread cannot be opened again and again, `/new` begins a new one.";
    private static final int TAIL_CHARS_MAX = 300;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int TOO_MANY = 429;
    private static final int SERVER_ERROR = 500;

    private Failures() {}

    /** Why a turn failed; decided by the typed cause alone. */
    static Failed of(@Nullable TurnError error) {
        if (error == null) {
            return failed(Failure.MODEL_ERROR, Optional.empty());
        }
        Failure kind =
                error.codexErrorInfo() == null ? Failure.MODEL_ERROR : kind(error.codexErrorInfo());
        return failed(kind, Optional.ofNullable(error.message()));
    }

    /** Why the server did not do what was asked before or outside a turn. */
    static Failed of(AppServerException cause) {
        return switch (cause) {
            case ConnectionClosedException e -> failed(Failure.SERVER_UNAVAILABLE, tail(e));
            case ProtocolViolationException e -> failed(Failure.SERVER_UNAVAILABLE, tail(e));
            case RequestTimedOutException e -> failed(Failure.TIMEOUT, tail(e));
            case RpcFailedException e -> refused(e);
            case OutsideWorkspaceException e -> failed(Failure.INTERNAL, tail(e));
            case SwitchedOffException e -> new Failed(Failure.SERVER_UNAVAILABLE, sentence(e));
            case UnguardedException e -> unguarded(e.getMessage());
            case SignedOutException e -> new Failed(Failure.NOT_SIGNED_IN, sentence(e));
        };
    }

    /** Codex cannot ask about what the operator's rules forbid. */
    static Failed unguarded(String why) {
        return failed(Failure.UNGUARDED, Optional.of(why));
    }

    static Failed failed(Failure kind, Optional<String> tail) {
        String words = words(kind);
        return new Failed(
                kind,
                tail.filter(text -> !text.isBlank())
                        .map(text -> words + " (" + Legible.redacted(text, TAIL_CHARS_MAX) + ")")
                        .orElse(words));
    }

    private static String sentence(AppServerException e) {
        return "Nothing was sent: " + e.getMessage() + ". Then send this again.";
    }

    private static Optional<String> tail(AppServerException cause) {
        return Optional.ofNullable(cause.getMessage());
    }

    private static Failed refused(RpcFailedException e) {
        if (e.refusal() == RpcRefusal.ACTIVE_WRITER) {
            return new Failed(Failure.THREAD_BUSY, OPEN_ELSEWHERE);
        }
        Failure kind =
                switch (e.refusal()) {
                    case OVERLOADED -> Failure.OVERLOADED;
                    case INPUT_TOO_LARGE -> Failure.INPUT_REFUSED;
                    case NOT_STEERABLE, ACTIVE_WRITER -> Failure.THREAD_BUSY;
                    case SIGN_IN_REQUIRED -> Failure.NOT_SIGNED_IN;
                    case UNKNOWN_METHOD,
                            UNSUPPORTED,
                            NO_ACTIVE_TURN,
                            OTHER_TURN,
                            NO_SUCH_THREAD,
                            UNREADABLE_THREAD,
                            OTHER ->
                            e.codexErrorInfo().map(Failures::kind).orElse(Failure.INTERNAL);
                };
        // The text of an unknown method lists every method there is.
        boolean telling = kind == Failure.INTERNAL && e.refusal() != RpcRefusal.UNKNOWN_METHOD;
        Failed told = failed(kind, telling ? tail(e) : Optional.empty());
        return kind == Failure.INTERNAL && RESUME.equals(e.method())
                ? new Failed(kind, told.notice() + CLOSED_THREAD)
                : told;
    }

    private static Failure kind(CodexErrorInfo info) {
        return switch (info.kind()) {
            case "usageLimitExceeded" -> Failure.USAGE_LIMIT;
            case "rateLimitExceeded" -> Failure.RATE_LIMIT;
            case "serverOverloaded" -> Failure.OVERLOADED;
            case "contextWindowExceeded" -> Failure.CONTEXT_FULL;
            case "unauthorized" -> Failure.NOT_SIGNED_IN;
            case "internalServerError" -> Failure.OVERLOADED;
            case "activeTurnNotSteerable" -> Failure.THREAD_BUSY;
            case "badRequest" -> Failure.INPUT_REFUSED;
            default -> info.httpStatusCode().map(Failures::kind).orElse(Failure.MODEL_ERROR);
        };
    }

    private static Failure kind(int httpStatus) {
        if (httpStatus == UNAUTHORIZED || httpStatus == FORBIDDEN) {
            return Failure.NOT_SIGNED_IN;
        }
        if (httpStatus == TOO_MANY) {
            return Failure.RATE_LIMIT;
        }
        return httpStatus >= SERVER_ERROR ? Failure.OVERLOADED : Failure.MODEL_ERROR;
    }

    private static String words(Failure kind) {
        return switch (kind) {
            case NOT_SIGNED_IN ->
                    "Codex is not signed in, or the model's server refused the account. Run `chela"
                            + " models auth login --device-code`, or set CODEX_API_KEY, then send"
                            + " this again.";
            case USAGE_LIMIT ->
                    "The account's usage limit is reached. Wait for the reset, sign in with another"
                            + " account (`chela models auth login`), or choose another model with"
                            + " `/model`. `/codex status` shows what is left.";
            case RATE_LIMIT ->
                    "The model's server takes no more requests right now. Wait a minute, then send"
                            + " this again.";
            case OVERLOADED ->
                    "The model's server is overloaded or in trouble. Send this again in a few"
                            + " minutes.";
            case CONTEXT_FULL ->
                    "This conversation no longer fits the model. Begin anew with `/new`, or choose"
                            + " a model with a larger window with `/model`.";
            case TIMEOUT ->
                    "Codex did not answer in time. Check with `/codex status`; send this again if"
                            + " nothing was done.";
            case SERVER_UNAVAILABLE ->
                    "The Codex app-server cannot be reached. `/codex status` says why; send this"
                            + " again when it is back.";
            case THREAD_BUSY ->
                    "This thread is busy: another program has it open, or a turn that Chela did"
                            + " not start runs in it. Wait for that to end, or begin anew with"
                            + " `/new`.";
            case MODEL_ERROR ->
                    "The model's answer broke off with an error. The conversation is kept; send"
                            + " this again.";
            case INPUT_REFUSED ->
                    "The model's server refused this message, perhaps because it is too long."
                            + " Shorten it and send it again.";
            case COMPUTER_USE ->
                    "Computer Use is asked for and not ready. `/codex computer-use` says what is"
                            + " missing.";
            case UNGUARDED ->
                    "Native hook relay unavailable: the operator has rules for what Codex may run,"
                            + " and Codex cannot ask about them. Nothing goes on without. Begin"
                            + " anew with `/new` or `/reset`; if it persists, the gateway must be"
                            + " restarted.";
            case INTERNAL ->
                    "Something in Codex went wrong. The conversation is kept; `/codex status` may"
                            + " say more.";
        };
    }

    /** The server went away before it was given anything. */
    static Failed lostBefore(String why) {
        return failed(Failure.SERVER_UNAVAILABLE, Optional.of(why));
    }

    static TurnOutcome uncertain(TurnOutcome.Cause cause, String lastSeen) {
        String seen = lastSeen.isEmpty() ? "" : " Last seen: " + lastSeen + ".";
        return new TurnOutcome.Uncertain(
                cause,
                (cause == TurnOutcome.Cause.PROCESS_EXIT
                                ? "Codex was cut off while it worked on this, and its history does"
                                        + " not tell whether the work was done."
                                : "Codex no longer says what became of this, so nobody knows"
                                        + " whether the work was done.")
                        + seen
                        + " Please check before it is done again. The conversation is kept: say"
                        + " \"continue\" to go on from here.");
    }
}
