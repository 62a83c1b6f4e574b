package dev.chela.harness.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.harness.InputKey;
import dev.chela.harness.ThreadId;
import dev.chela.harness.TurnId;
import dev.chela.harness.appserver.AppServer;
import dev.chela.harness.appserver.AppServerException;
import dev.chela.harness.appserver.WireClient;
import dev.chela.harness.appserver.protocol.CodexThread;
import dev.chela.harness.appserver.protocol.ServerAnswer;
import dev.chela.harness.appserver.protocol.ServerRequest;
import dev.chela.harness.appserver.protocol.ThreadItem;
import dev.chela.harness.appserver.protocol.ThreadOptions;
import dev.chela.harness.appserver.protocol.ThreadRead;
import dev.chela.harness.appserver.protocol.ThreadStart;
import dev.chela.harness.appserver.protocol.TurnOptions;
import dev.chela.harness.appserver.protocol.TurnStart;
import dev.chela.harness.appserver.protocol.TurnStatus;
import dev.chela.harness.appserver.protocol.UserInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class TraceReplayTest {

    private static final InputKey INPUT = new InputKey("input-of-the-replay");

    @TempDir Path directory;

    static Stream<Trace> turns() {
        return Trace.NAMES.stream().map(Trace::load).flatMap(trace -> trace.turns().stream());
    }

    @ParameterizedTest
    @MethodSource("turns")
    void aRecordedTurnReplaysToItsEnd(Trace trace) throws Exception {
        var replay = replay(trace, trace.positions(), TraceEnding.QUIET_RUNNING);
        try (var server = WireClient.open(replay.connect())) {
            var watch = begin(server);
            var seen = watch.awaitEnd(new TurnId(trace.turnId()));

            assertThat(seen.status().name()).isEqualToIgnoringCase(recordedStatus(trace));
            assertThat(seen.items(ThreadItem.UserMessage.class).getFirst().clientId())
                    .isEqualTo(INPUT.value());
        }
    }

    @Test
    void aServerThatExitsAtAnyPositionIsMetAgainWithTheTurnCutOrDone() throws Exception {
        for (var trace : Trace.load("approval-accept").turns()) {
            for (var position = 0; position <= trace.positions(); position++) {
                var replay = replay(trace, position, TraceEnding.EXIT);
                try (var server = WireClient.open(replay.connect())) {
                    begin(server);
                    assertThat(replay.ended().await(5, TimeUnit.SECONDS))
                            .as("%s at %d", trace.name(), position)
                            .isTrue();
                    server.closed().get(20, TimeUnit.SECONDS);
                }
                try (var next = WireClient.open(replay.connect())) {
                    var status = read(next, trace).map(TraceReplayTest::lastStatus);
                    assertThat(status.orElse(TurnStatus.INTERRUPTED))
                            .as("%s at %d", trace.name(), position)
                            .isNotEqualTo(TurnStatus.IN_PROGRESS);
                }
            }
        }
    }

    @Test
    void aQuietServerTellsTheTruthWhenAsked() throws Exception {
        for (var trace : Trace.load("dynamic-tool-direct").turns()) {
            for (var position = 0; position <= trace.positions(); position++) {
                var where = "%s at %d".formatted(trace.name(), position);
                assertThat(statusWhenAsked(trace, position, TraceEnding.QUIET_COMPLETED))
                        .as(where)
                        .isNotEqualTo(TurnStatus.IN_PROGRESS);
                assertThat(statusWhenAsked(trace, position, TraceEnding.GARBAGE))
                        .as(where)
                        .isIn(TurnStatus.IN_PROGRESS, recorded(trace), TurnStatus.UNKNOWN);
            }
        }
    }

    private TurnStatus statusWhenAsked(Trace trace, int position, TraceEnding ending)
            throws Exception {
        var replay = replay(trace, position, ending);
        try (var server = WireClient.open(replay.connect())) {
            begin(server);
            assertThat(replay.ended().await(5, TimeUnit.SECONDS))
                    .as("%s at %d", trace.name(), position)
                    .isTrue();
            return read(server, trace)
                    .filter(thread -> !thread.turns().isEmpty())
                    .map(TraceReplayTest::lastStatus)
                    .orElse(TurnStatus.UNKNOWN);
        }
    }

    /** Starts the recorded turn as a client does, without waiting for anything. */
    private static TurnWatch begin(AppServer server) {
        var thread = server.request(ThreadStart.with(ThreadOptions.none())).thread().id();
        var watch = new TurnWatch().answering(TraceReplayTest::answer);
        server.subscribe(thread, watch);
        var start = new TurnStart(thread, List.of(UserInput.text("go")), INPUT, TurnOptions.none());
        Thread.ofVirtual()
                .start(
                        () -> {
                            try {
                                server.request(start);
                            } catch (AppServerException e) {
                                // The server may go wrong before it answers.
                                assertThat(e).isNotNull();
                            }
                        });
        return watch;
    }

    private static Optional<ServerAnswer> answer(ServerRequest request) {
        return Optional.of(
                switch (request) {
                    case ServerRequest.CommandApproval _ ->
                            ServerAnswer.CommandDecision.of(ServerAnswer.Decision.ACCEPT);
                    case ServerRequest.FileChangeApproval _ ->
                            new ServerAnswer.FileChangeDecision(ServerAnswer.Decision.ACCEPT);
                    case ServerRequest.PermissionsApproval _ ->
                            ServerAnswer.PermissionsGrant.none();
                    case ServerRequest.UserInputRequest _ ->
                            new ServerAnswer.UserInputAnswers(Map.of());
                    case ServerRequest.Elicitation _ ->
                            new ServerAnswer.ElicitationAnswer("accept", null, null);
                    case ServerRequest.ToolCall _ -> ServerAnswer.ToolAnswer.of(true, "sunny");
                    case ServerRequest.AuthTokensRefresh _ ->
                            new ServerAnswer.AuthTokens("token", "account", null);
                });
    }

    private static Optional<CodexThread> read(AppServer server, Trace trace) {
        try {
            var read = new ThreadRead(new ThreadId(trace.threadId()), true);
            return Optional.of(server.request(read).thread());
        } catch (AppServerException e) {
            return Optional.empty();
        }
    }

    private static TurnStatus lastStatus(CodexThread thread) {
        return thread.turns().getLast().status();
    }

    private static TurnStatus recorded(Trace trace) {
        return Stream.of(TurnStatus.values())
                .filter(status -> status.name().equalsIgnoreCase(recordedStatus(trace)))
                .findFirst()
                .orElseThrow();
    }

    private static String recordedStatus(Trace trace) {
        return trace.entries().stream()
                .filter(entry -> entry.method().equals("turn/completed"))
                .map(entry -> entry.message().at("/params/turn/status").asText())
                .findFirst()
                .orElseThrow();
    }

    private TraceReplay replay(Trace trace, int position, TraceEnding ending) throws IOException {
        return new TraceReplay(
                trace, position, ending, Files.createTempDirectory(directory, "replay"));
    }
}
