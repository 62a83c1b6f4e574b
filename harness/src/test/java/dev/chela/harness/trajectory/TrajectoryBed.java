package dev.chela.harness.trajectory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.chela.config.Secret;
import dev.chela.config.secret.Redaction;
import dev.chela.config.state.StateDirectory;
import dev.chela.harness.ReplyMode;
import dev.chela.harness.SessionKey;
import dev.chela.harness.Source;
import dev.chela.harness.TurnContext;
import dev.chela.harness.TurnKey;
import dev.chela.harness.testing.ManualTimers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Trajectories on a disk of the test's own. */
final class TrajectoryBed implements AutoCloseable {

    static final String SESSION_ID = "0b5f-session";
    static final String SECRET = "the-config-knows-this-1";

    private static final ObjectMapper JSON = new ObjectMapper();

    final StateDirectory state;
    final ManualTimers timers = new ManualTimers();
    private final TrajectoryFiles files;
    private final Limits limits;
    private Trajectories trajectories;

    TrajectoryBed(Path root) {
        this(root, quick(Limits.standard()));
    }

    TrajectoryBed(Path root, Limits limits) {
        this.state = StateDirectory.open(root);
        this.files = new TrajectoryFiles(state, new TrajectorySettings(true, Optional.empty()));
        this.limits = limits;
        this.trajectories = open();
    }

    /** The same without letting events gather. */
    static Limits quick(Limits limits) {
        return lingering(limits, Duration.ZERO);
    }

    static Limits lingering(Limits limits, Duration linger) {
        return new Limits(
                limits.fileBytes(),
                limits.eventBytes(),
                limits.depth(),
                limits.entries(),
                limits.stringChars(),
                limits.waitingEvents(),
                limits.waitingChars(),
                limits.heldChars(),
                linger);
    }

    private Trajectories open() {
        return Trajectories.open(files, Redaction.of(List.of(Secret.of(SECRET))), timers, limits);
    }

    Trail trail() {
        return trajectories.of(context(SESSION_ID));
    }

    static TurnContext context(String sessionId) {
        return new TurnContext(
                new TurnKey("turn-key"),
                new SessionKey("agent:main:web:direct:ada"),
                new Source("web:ada", Source.Kind.DIRECT, "web", "ada", "Ada", true),
                ReplyMode.AUTOMATIC,
                List.of(1L),
                Optional.empty(),
                Optional.of(sessionId));
    }

    Path file() {
        return state.root()
                .resolve("agents/main/sessions")
                .resolve(SESSION_ID + ".trajectory.jsonl");
    }

    static JsonNode json(String text) throws IOException {
        return JSON.readTree(text.replace('\'', '"'));
    }

    void heard(String method, String params) throws IOException {
        trail().heard(method, json(params), params.length());
    }

    /** Everything that was handed over is written; then it goes on. */
    void settle() {
        trajectories.close();
        trajectories = open();
    }

    /** What the file holds once all is written. */
    List<JsonNode> lines() throws IOException {
        settle();
        return Files.exists(file()) ? parsed(file()) : List.of();
    }

    static List<JsonNode> parsed(Path file) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }

    @Override
    public void close() {
        trajectories.close();
    }
}
