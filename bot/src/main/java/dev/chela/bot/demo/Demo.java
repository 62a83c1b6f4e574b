package dev.chela.bot.demo;

import dev.chela.bot.Boot;
import dev.chela.bot.Chela;
import dev.chela.bot.Stages;
import dev.chela.channels.EventId;
import dev.chela.channels.inbox.Outcome;
import dev.chela.config.json5.Json5Writer;
import dev.chela.config.load.ConfigLoader;
import dev.chela.config.load.ConfigLocation;
import dev.chela.config.load.Environment;
import dev.chela.config.load.LoadResult;
import dev.chela.config.state.StateDirectory;
import dev.chela.harness.approval.Approval;
import dev.chela.harness.appserver.managed.CodexInstallation;
import dev.chela.harness.scripted.CodexHome;
import dev.chela.harness.scripted.ScriptedModel;
import dev.chela.harness.scripted.ScriptedPhrase;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** A whole bot with everything embedded; nothing of the user's config or accounts is read. */
public final class Demo implements AutoCloseable {

    private static final String CONFIG =
            """
            {
              gateway: { mode: "local", drainTimeoutMs: 0 },
              plugins: { entries: { codex: { enabled: true, config: { appServer: {
                approvalPolicy: "on-request", sandbox: "workspace-write",
                defaultWorkspaceDir: %s,
              } } } } },
              agents: { defaults: { model: "openai/%s" } },
              messages: { visibleReplies: "automatic" },
              channels: { web: { enabled: true } },
            }
            """;

    private static final Clock CLOCK = Clock.systemUTC();
    private static final Duration LOOK_AGAIN = Duration.ofMillis(5);

    private final ScriptedModel model;
    private final Chela chela;
    private final TerminalChannel terminal;
    private boolean closed;

    private Demo(ScriptedModel model, Chela chela, TerminalChannel terminal) {
        this.model = model;
        this.chela = chela;
        this.terminal = terminal;
    }

    /**
     * Starts it.
     *
     * @param port of the web chat; 0 takes a free one
     */
    public static Demo start(
            Path state, int port, Screen screen, CodexInstallation codex, Stages stages)
            throws IOException {
        StateDirectory directory = StateDirectory.open(state);
        ScriptedModel model = ScriptedModel.start();
        CodexHome home = CodexHome.forScriptedModel(directory.codexHome("main"), model.baseUrl());
        TerminalChannel terminal = new TerminalChannel(screen, CLOCK);
        Chela chela =
                new Boot(load(state), state, stages)
                        .onPort(port)
                        .withoutConsoleLog()
                        .with(terminal)
                        .start(() -> codex);
        return new Demo(model, chela, terminal);
    }

    public URI webChat() {
        return chela.signInAddress();
    }

    /** Says a line; its id, to look up what became of it. */
    public EventId say(String line) {
        return terminal.type(line);
    }

    /** What it has come to once nothing more is said. */
    public enum Rest {
        /** Everything said has ended. */
        QUIET,
        /** The agent asked something, and nobody is left to answer; its work was stopped. */
        ASKED,
        /** The agent still works. */
        BUSY,
        /** The demo was ended meanwhile, by a signal. */
        ENDED
    }

    /** Waits until nothing goes on without more words from the terminal. */
    public Rest awaitRest(Duration patience) {
        Instant end = Instant.now(CLOCK).plus(patience);
        while (true) {
            Optional<Rest> found = look();
            if (found.isPresent()) {
                return found.get();
            }
            if (Instant.now(CLOCK).isAfter(end)) {
                return Rest.BUSY;
            }
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
    }

    private synchronized Optional<Rest> look() {
        if (closed) {
            return Optional.of(Rest.ENDED);
        }
        boolean settled = chela.isSettled(TerminalChannel.HERE);
        List<Approval> asked = chela.asked(TerminalChannel.HERE);
        if (!asked.isEmpty()) {
            asked.forEach(open -> chela.stop(open.request().session()));
            return Optional.of(Rest.ASKED);
        }
        return settled ? Optional.of(Rest.QUIET) : Optional.empty();
    }

    /** Whether something said has come to its answer; false if it failed, or is not over. */
    public boolean isAnswered(EventId said) {
        return chela.outcome(said).filter(Demo::isAnswer).isPresent();
    }

    private static boolean isAnswer(Outcome outcome) {
        return switch (outcome) {
            case ANSWERED, COMMAND, ANSWER, CONTEXT, IGNORED -> true;
            case REFUSED,
                    PAIRED,
                    STOPPED,
                    DROPPED,
                    QUEUE_FULL,
                    FAILED_NOTICE,
                    UNCERTAIN_NOTICE,
                    SUPERSEDED ->
                    false;
        };
    }

    /** What to try, one line each. */
    public static String phrases() {
        return Arrays.stream(ScriptedPhrase.values())
                .map(phrase -> "  %-34s %s".formatted(phrase.usage(), phrase.help()))
                .collect(Collectors.joining("\n"));
    }

    private static LoadResult.Loaded load(Path state) throws IOException {
        Path file = state.resolve("chela.json");
        if (!Files.exists(file)) {
            // Where a bound conversation works; else it would be the folder the demo was started
            // in.
            Path workspace = Files.createDirectories(state.resolve("workspace").toAbsolutePath());
            Files.writeString(
                    file,
                    CONFIG.formatted(Json5Writer.quote(workspace.toString()), CodexHome.MODEL));
        }
        ConfigLocation location = new ConfigLocation(file, state, state, state);
        LoadResult result = new ConfigLoader(location, Environment.system()).load();
        return switch (result) {
            case LoadResult.Loaded loaded -> loaded;
            case LoadResult.Broken broken ->
                    throw new IOException(
                            "the demo's config %s is broken: %s; delete it to get the original back"
                                    .formatted(file, broken.problems()));
        };
    }

    @Override
    public synchronized void close() {
        closed = true;
        terminal.leave();
        chela.close();
        model.close();
    }
}
