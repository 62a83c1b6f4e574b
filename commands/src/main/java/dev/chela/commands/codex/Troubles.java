package dev.chela.commands.codex;

import dev.chela.commands.CommandException;
import dev.chela.commands.Sanitised;
import dev.chela.harness.appserver.AppServerException;
import dev.chela.harness.appserver.RpcFailedException;
import dev.chela.harness.codex.NotSignedInException;
import dev.chela.harness.codex.ThreadBusyException;
import java.util.function.Supplier;

/** What an app-server refused, in words for a person; its own text only bounded and escaped. */
final class Troubles {

    private static final int TEXT_CHARS_MAX = 200;
    private static final String NOT_SIGNED_IN =
            "not signed in; `chela models auth login --device-code` signs in";

    private Troubles() {}

    /** Does {@code work}; what the server refuses becomes an answer. */
    static <T> T told(String attempt, Supplier<T> work) {
        try {
            return work.get();
        } catch (ThreadBusyException e) {
            throw new CommandException(
                    attempt + ": a turn runs on that thread. Wait for its end, or stop it there.");
        } catch (NotSignedInException e) {
            throw new CommandException(attempt + ": Codex is " + NOT_SIGNED_IN + ".");
        } catch (AppServerException e) {
            throw new CommandException(attempt + ": " + words(e) + ".");
        }
    }

    static String words(AppServerException cause) {
        if (!(cause instanceof RpcFailedException failed)) {
            return Sanitised.line(text(cause), TEXT_CHARS_MAX);
        }
        return switch (failed.refusal()) {
            case UNKNOWN_METHOD, UNSUPPORTED -> "unsupported by this Codex app-server";
            case SIGN_IN_REQUIRED -> NOT_SIGNED_IN;
            case NO_SUCH_THREAD -> "there is no such thread, or it never had a turn";
            case UNREADABLE_THREAD -> "Codex cannot read that thread's file";
            case ACTIVE_WRITER -> "another Codex process has that thread open; end it there first";
            case OVERLOADED -> "the app-server is overloaded; try again in a moment";
            case INPUT_TOO_LARGE, NOT_STEERABLE, NO_ACTIVE_TURN, OTHER_TURN, OTHER ->
                    Sanitised.line(text(failed), TEXT_CHARS_MAX);
        };
    }

    private static String text(AppServerException cause) {
        String message = cause.getMessage();
        return message == null ? "the app-server gave no reason" : message;
    }
}
