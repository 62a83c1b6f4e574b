package dev.chela.harness.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.chela.harness.ThreadId;
import dev.chela.harness.TurnId;
import dev.chela.harness.appserver.protocol.CodexErrorInfo;
import dev.chela.harness.appserver.protocol.CodexThread;
import dev.chela.harness.appserver.protocol.CodexTurn;
import dev.chela.harness.appserver.protocol.ItemStatus;
import dev.chela.harness.appserver.protocol.MessagePhase;
import dev.chela.harness.appserver.protocol.ServerNotification;
import dev.chela.harness.appserver.protocol.ServerRequest;
import dev.chela.harness.appserver.protocol.ThreadItem;
import dev.chela.harness.appserver.protocol.ThreadOpened;
import dev.chela.harness.appserver.protocol.ThreadStatus;
import dev.chela.harness.appserver.protocol.TurnError;
import dev.chela.harness.appserver.protocol.TurnStatus;
import dev.chela.harness.appserver.protocol.UserInput;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Messages of the app-server as tests write them. */
public final class Wire {

    public static final ThreadId THREAD = new ThreadId("thread-1");
    public static final TurnId TURN = new TurnId("turn-1");

    private Wire() {}

    public static ThreadItem.UserMessage user(@Nullable String clientId, String text) {
        return new ThreadItem.UserMessage(
                "user-" + clientId + text, clientId, List.of(UserInput.text(text)));
    }

    public static ThreadItem.AgentMessage agent(
            String id, String text, @Nullable MessagePhase phase) {
        return new ThreadItem.AgentMessage(id, text, phase);
    }

    public static ThreadItem.AgentMessage answer(String id, String text) {
        return agent(id, text, MessagePhase.FINAL_ANSWER);
    }

    public static ThreadItem.CommandExecution command(String id, String command) {
        return new ThreadItem.CommandExecution(
                id,
                "/bin/bash -lc '" + command + "'",
                "/w",
                ItemStatus.IN_PROGRESS,
                null,
                null,
                null,
                null,
                null);
    }

    public static ServerNotification opened(TurnId turn, ThreadItem item) {
        return new ServerNotification.ItemStarted(THREAD, turn, item);
    }

    public static ServerNotification closed(TurnId turn, ThreadItem item) {
        return new ServerNotification.ItemCompleted(THREAD, turn, item);
    }

    public static ServerNotification delta(TurnId turn, String item, String text) {
        return new ServerNotification.AgentMessageDelta(THREAD, turn, item, text);
    }

    public static ServerNotification completed(
            TurnId turn, TurnStatus status, ThreadItem... items) {
        return new ServerNotification.TurnCompleted(THREAD, turn(turn, status, items));
    }

    public static ServerNotification failed(TurnId turn, @Nullable String kind, String message) {
        return new ServerNotification.TurnCompleted(
                THREAD,
                new CodexTurn(
                        turn,
                        TurnStatus.FAILED,
                        List.of(),
                        null,
                        error(kind, message),
                        null,
                        null,
                        null,
                        null));
    }

    public static ServerNotification retrying(TurnId turn) {
        return new ServerNotification.Error(
                THREAD, turn, error("responseStreamDisconnected", "Reconnecting... 1/2"), true);
    }

    public static TurnError error(@Nullable String kind, String message) {
        return new TurnError(message, kind == null ? null : new CodexErrorInfo(kind, null), null);
    }

    public static CodexTurn turn(TurnId turn, TurnStatus status, ThreadItem... items) {
        return new CodexTurn(turn, status, List.of(items), null, null, null, null, null, null);
    }

    public static CodexThread thread(ThreadId id, ThreadStatus status, CodexTurn... turns) {
        return new CodexThread(
                id,
                null,
                status,
                null,
                "",
                null,
                "/w",
                null,
                null,
                null,
                false,
                null,
                0,
                0,
                List.of(turns));
    }

    public static ThreadOpened opened(CodexThread thread) {
        return new ThreadOpened(
                thread, "gpt-5.5", "fake", null, "/w", null, null, null, null, null);
    }

    public static JsonNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** The question whether a command may be run. */
    public static ServerRequest.CommandApproval mayRun(TurnId turn, String command) {
        return new ServerRequest.CommandApproval(
                THREAD, turn, command, null, null, command, null, null, List.of(), List.of(), null,
                null);
    }
}
