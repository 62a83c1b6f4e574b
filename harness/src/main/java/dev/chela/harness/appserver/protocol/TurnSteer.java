package dev.chela.harness.appserver.protocol;

import dev.chela.harness.InputKey;
import dev.chela.harness.ThreadId;
import dev.chela.harness.TurnId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Adds input to a running turn. The answer proves nothing; only the user message does. */
public record TurnSteer(
        ThreadId threadId,
        TurnId expectedTurnId,
        List<UserInput> input,
        @Nullable InputKey clientUserMessageId)
        implements ClientRequest<TurnSteer.Result> {

    public TurnSteer {
        input = Copies.of(input);
    }

    /** The turn that was told. */
    public record Result(TurnId turnId) {}

    @Override
    public String method() {
        return "turn/steer";
    }

    @Override
    public Class<Result> result() {
        return Result.class;
    }
}
