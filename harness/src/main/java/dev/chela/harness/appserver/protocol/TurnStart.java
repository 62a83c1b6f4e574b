package dev.chela.harness.appserver.protocol;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.chela.harness.InputKey;
import dev.chela.harness.ThreadId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Starts a turn; on a thread whose turn still runs it steers that one instead.
 *
 * @param clientUserMessageId comes back as {@code clientId}; unknown to 0.125
 */
public record TurnStart(
        ThreadId threadId,
        List<UserInput> input,
        @Nullable InputKey clientUserMessageId,
        @JsonUnwrapped TurnOptions options)
        implements ClientRequest<TurnStart.Result> {

    public TurnStart {
        input = Copies.of(input);
    }

    /** The turn, running; the id is of the turn that was steered if one was. */
    public record Result(CodexTurn turn) {}

    @Override
    public String method() {
        return "turn/start";
    }

    @Override
    public Class<Result> result() {
        return Result.class;
    }
}
