package dev.chela.harness.kit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chela.harness.InputKey;
import dev.chela.harness.ThreadId;
import dev.chela.harness.TurnId;
import dev.chela.harness.appserver.AppServer;
import dev.chela.harness.appserver.Subscription;
import dev.chela.harness.appserver.protocol.ApprovalPolicy;
import dev.chela.harness.appserver.protocol.BackgroundTerminalsClean;
import dev.chela.harness.appserver.protocol.CodexThread;
import dev.chela.harness.appserver.protocol.DynamicTool;
import dev.chela.harness.appserver.protocol.ReviewStart;
import dev.chela.harness.appserver.protocol.ReviewTarget;
import dev.chela.harness.appserver.protocol.SandboxMode;
import dev.chela.harness.appserver.protocol.ThreadCompactStart;
import dev.chela.harness.appserver.protocol.ThreadOptions;
import dev.chela.harness.appserver.protocol.ThreadRead;
import dev.chela.harness.appserver.protocol.ThreadResume;
import dev.chela.harness.appserver.protocol.ThreadStart;
import dev.chela.harness.appserver.protocol.TurnInterrupt;
import dev.chela.harness.appserver.protocol.TurnOptions;
import dev.chela.harness.appserver.protocol.TurnStart;
import dev.chela.harness.appserver.protocol.TurnSteer;
import dev.chela.harness.appserver.protocol.UserInput;
import java.util.List;
import java.util.UUID;

/** One thread of a stage, in the words of a test. */
public final class Talk implements AutoCloseable {

    private final AppServer server;
    private final ThreadId thread;
    private final TurnWatch watch;
    private final Subscription subscription;

    private Talk(AppServer server, ThreadId thread, TurnWatch watch, Subscription subscription) {
        this.server = server;
        this.thread = thread;
        this.watch = watch;
        this.subscription = subscription;
    }

    /** A new thread that may do everything unasked. */
    public static Talk begin(Stage stage, DynamicTool... tools) {
        return begin(stage, ApprovalPolicy.NEVER, tools);
    }

    /** A new thread with a policy. */
    public static Talk begin(Stage stage, ApprovalPolicy policy, DynamicTool... tools) {
        return begin(stage, policy, Json.object(), tools);
    }

    /** A new thread with a policy and a patch of the server's config. */
    public static Talk begin(
            Stage stage, ApprovalPolicy policy, JsonNode config, DynamicTool... tools) {
        var options =
                ThreadOptions.builder()
                        .cwd(stage.workspace().toString())
                        .model("gpt-5.5")
                        .approvalPolicy(policy)
                        .sandbox(SandboxMode.DANGER_FULL_ACCESS)
                        .config(config.isEmpty() ? null : config)
                        .build();
        var start = new ThreadStart(options, null, false, false, List.of(tools));
        var server = stage.server();
        var thread = server.request(start).thread().id();
        var watch = new TurnWatch();
        return new Talk(server, thread, watch, server.subscribe(thread, watch));
    }

    /** A thread that another server, or another client, began. */
    public static Talk resume(Stage stage, ThreadId thread, TurnWatch watch) {
        var server = stage.server();
        var subscription = server.subscribe(thread, watch);
        server.request(new ThreadResume(thread, ThreadOptions.none(), null, true));
        return new Talk(server, thread, watch, subscription);
    }

    /** A tool of the test's own with one text parameter. */
    public static DynamicTool tool(String name, String description, boolean deferred) {
        JsonNode schema =
                Json.parse(
                        "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}},"
                                + "\"required\":[\"city\"]}");
        return new DynamicTool(name, description, schema, "kit", deferred);
    }

    public ThreadId thread() {
        return thread;
    }

    public TurnWatch watch() {
        return watch;
    }

    /** Starts a turn and waits for its end. */
    public TurnSeen say(String text) {
        return watch.awaitEnd(start(text));
    }

    /** Starts a turn. */
    public TurnId start(String text) {
        return start(text, new InputKey(UUID.randomUUID().toString()));
    }

    public TurnId start(String text, InputKey input) {
        var start = new TurnStart(thread, List.of(UserInput.text(text)), input, TurnOptions.none());
        return server.request(start).turn().id();
    }

    /** Steers the turn; the answer proves nothing. */
    public InputKey steer(TurnId turn, String text) {
        var input = new InputKey(UUID.randomUUID().toString());
        server.request(new TurnSteer(thread, turn, List.of(UserInput.text(text)), input));
        return input;
    }

    public void interrupt(TurnId turn) {
        server.request(new TurnInterrupt(thread, turn));
    }

    /** Has the thread shortened. */
    public void compact() {
        server.request(new ThreadCompactStart(thread));
    }

    /** Has a reviewer follow these instructions; only the turn that is given back ends. */
    public TurnId review(String instructions) {
        var review = new ReviewStart(thread, new ReviewTarget.Custom(instructions));
        return server.request(review).turn().id();
    }

    /** Ends the commands that an interrupt left running. */
    public void clean() {
        server.request(new BackgroundTerminalsClean(thread));
    }

    /** The thread with its turns. */
    public CodexThread read() {
        return server.request(new ThreadRead(thread, true)).thread();
    }

    @Override
    public void close() {
        subscription.close();
    }
}
