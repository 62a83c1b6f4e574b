package dev.chela.harness.codex;

import dev.chela.harness.TurnOutcome;
import dev.chela.harness.appserver.RpcFailedException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Everything that a person may read about a turn that failed. */
public final class FailureWords {

    private FailureWords() {}

    public static List<String> all() {
        return Stream.concat(
                        Arrays.stream(TurnOutcome.Failure.values())
                                .map(kind -> Failures.failed(kind, Optional.empty())),
                        Stream.of(
                                        "no reason known",
                                        "thread x already has an active writer in process 1")
                                .map(
                                        text ->
                                                new RpcFailedException(
                                                        "thread/resume", -1, null, text))
                                .map(Failures::of))
                .map(TurnOutcome.Failed::notice)
                .toList();
    }
}
