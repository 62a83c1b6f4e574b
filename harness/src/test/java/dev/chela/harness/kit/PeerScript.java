package dev.chela.harness.kit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What a scripted peer does, in order. In JSON texts {@code ${params.threadId}} and the like stand
 * for that member of the request that was expected last.
 */
public final class PeerScript {

    private final List<Step> steps = new ArrayList<>();

    /** One thing it does. */
    sealed interface Step {

        /** Waits for a request or notification of this method. */
        record Expect(String method) implements Step {}

        /** Answers the request expected last. */
        record Reply(String result) implements Step {}

        /** Refuses the request expected last. */
        record Refuse(int code, String message) implements Step {}

        /** Notifies the client. */
        record Notify(String method, String params) implements Step {}

        /** Asks the client and waits for the answer. */
        record Ask(int id, String method, String params) implements Step {}

        /** Writes a line that is no message. */
        record Garbage(String line) implements Step {}

        /** Says nothing for the rest of the connection, and reads on. */
        record Stall() implements Step {}

        /** Closes the connection. */
        record Exit() implements Step {}
    }

    public PeerScript expect(String method) {
        return with(new Step.Expect(method));
    }

    /** Answers what was expected last; {@code result} is JSON. */
    public PeerScript reply(String result) {
        return with(new Step.Reply(result));
    }

    public PeerScript refuse(int code, String message) {
        return with(new Step.Refuse(code, message));
    }

    public PeerScript notify(String method, String params) {
        return with(new Step.Notify(method, params));
    }

    /** Asks the client something and waits for its answer. */
    public PeerScript ask(int id, String method, String params) {
        return with(new Step.Ask(id, method, params));
    }

    public PeerScript garbage(String line) {
        return with(new Step.Garbage(line));
    }

    public PeerScript stall() {
        return with(new Step.Stall());
    }

    public PeerScript exit() {
        return with(new Step.Exit());
    }

    /** The handshake, then whatever follows. */
    public static PeerScript afterHandshake() {
        return new PeerScript()
                .expect("initialize")
                .reply(
                        "{\"userAgent\":\"chela/0.169.0 (Script; x86_64) java (chela; 1)\","
                                + "\"codexHome\":\"/nowhere\",\"platformFamily\":\"unix\","
                                + "\"platformOs\":\"linux\"}")
                .expect("initialized");
    }

    /** Starts a thread, then a turn, of these names. */
    public PeerScript thenTurn(String threadId, String turnId) {
        var thread = Shapes.thread(threadId, "/nowhere", "/nowhere", Json.object("type", "idle"));
        var turn = Shapes.turn(turnId, "inProgress", Json.array(), null);
        return expect("thread/start")
                .reply(Shapes.opened(thread, "never", "danger-full-access").toString())
                .expect("turn/start")
                .reply(Json.object("turn", turn).toString())
                .notify("turn/started", Json.object("threadId", threadId, "turn", turn).toString());
    }

    /** The end of a turn with this status. */
    public PeerScript turnCompleted(String threadId, String turnId, String status) {
        JsonNode turn = Shapes.turn(turnId, status, Json.array(), null);
        return notify("turn/completed", Json.object("threadId", threadId, "turn", turn).toString());
    }

    List<Step> steps() {
        return List.copyOf(steps);
    }

    private PeerScript with(Step step) {
        steps.add(step);
        return this;
    }
}
