package dev.chela.bench;

import dev.chela.bot.Boot;
import dev.chela.bot.Chela;
import dev.chela.bot.Stages;
import dev.chela.channels.Conversation;
import dev.chela.config.load.ConfigLoader;
import dev.chela.config.load.ConfigLocation;
import dev.chela.config.load.Environment;
import dev.chela.config.load.LoadResult;
import dev.chela.config.state.StateDirectory;
import dev.chela.harness.ThreadId;
import dev.chela.harness.appserver.AppServer;
import dev.chela.harness.appserver.managed.InstallProgress;
import dev.chela.harness.appserver.managed.ManagedCodex;
import dev.chela.harness.appserver.protocol.ThreadLoadedList;
import dev.chela.harness.scripted.CodexHome;
import dev.chela.harness.scripted.ScriptedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** A whole bot in this process, wired as always, with a channel in memory and a scripted model. */
final class Bed implements AutoCloseable {

    /** As the product is set up, but for more turns at once: 50 sessions are measured. */
    private static final String CONFIG =
            """
            {
              gateway: { mode: "local" },
              plugins: { entries: { codex: { enabled: true } } },
              agents: { defaults: { model: "openai/%s", maxConcurrent: 64 } },
              messages: { visibleReplies: "automatic" },
              session: { dmScope: "per-channel-peer" },
              channels: { web: { enabled: false } },
            }
            """
                    .formatted(CodexHome.MODEL);

    private static final Clock CLOCK = Clock.systemUTC();
    private static final Duration SETTLED_WITHIN = Duration.ofSeconds(30);

    /** After the last write of a turn that can be seen from outside, its lane closes it. */
    private static final Duration LANE_CLOSES = Duration.ofMillis(10);

    private final Scratch scratch;
    private final ScriptedModel model;
    private final Chela chela;
    private final BenchChannel plain;
    private final BenchChannel previewing;

    private Bed(
            Scratch scratch,
            ScriptedModel model,
            Chela chela,
            BenchChannel plain,
            BenchChannel previewing) {
        this.scratch = scratch;
        this.model = model;
        this.chela = chela;
        this.plain = plain;
        this.previewing = previewing;
    }

    static Bed start(ScriptedModel model) throws IOException {
        Scratch scratch = Scratch.create();
        Path home = Files.createDirectory(scratch.path().resolve("home"));
        StateDirectory state = StateDirectory.open(scratch.path().resolve("state"));
        CodexHome.forScriptedModel(state.codexHome("main"), model.baseUrl());
        Path file = Files.writeString(scratch.path().resolve("chela.json"), CONFIG);
        ConfigLocation location = new ConfigLocation(file, state.root(), home, home);
        LoadResult result = new ConfigLoader(location, Environment.system()).load();
        if (!(result instanceof LoadResult.Loaded loaded)) {
            throw new IOException("the config of the bench is broken: " + result);
        }
        BenchChannel plain = new BenchChannel("plain", false, CLOCK);
        BenchChannel previewing = new BenchChannel("previewing", true, CLOCK);
        ManagedCodex codex = ManagedCodex.of(Map.copyOf(System.getenv()), CLOCK);
        Chela chela =
                new Boot(loaded, state.root(), Stages.ofProcess(CLOCK))
                        .onPort(0)
                        .withoutConsoleLog()
                        .with(plain, previewing)
                        .start(() -> codex.install(InstallProgress.silent()));
        Bed bed = new Bed(scratch, model, chela, plain, previewing);
        // The app-server signs in on the bot's first turn, and a thread wants its folder.
        Conversation first = plain.chat("first");
        plain.ask(first, "hello", "Echo: hello");
        bed.settle(first);
        return bed;
    }

    /** A channel whose messages cannot be changed: people see the answer and nothing before. */
    BenchChannel plain() {
        return plain;
    }

    /** A channel on which the growing answer is shown. */
    BenchChannel previewing() {
        return previewing;
    }

    /** A client without Chela, on a new thread of the bot's own app-server. */
    RawClient least() {
        return RawClient.least(server(), workspace());
    }

    /** A client without Chela, on the thread that {@code opens} makes the bot open. */
    RawClient same(Runnable opens) {
        Set<ThreadId> before = loaded();
        opens.run();
        Set<ThreadId> after = loaded();
        after.removeAll(before);
        if (after.size() != 1) {
            throw new IllegalStateException("the bot opened %d threads".formatted(after.size()));
        }
        return RawClient.same(server(), after.iterator().next(), workspace());
    }

    private Set<ThreadId> loaded() {
        return new HashSet<>(server().request(new ThreadLoadedList()).data());
    }

    private AppServer server() {
        return chela.appServer("main");
    }

    private Path workspace() {
        return scratch.path().resolve("state").resolve("workspace");
    }

    /** Waits until the bot has nothing left to write about a turn, so that it slows nobody. */
    void settle(Conversation where) {
        Quiet.until("settling", SETTLED_WITHIN, () -> chela.isSettled(where));
        Quiet.rest(LANE_CLOSES);
    }

    @Override
    public void close() throws IOException {
        chela.close();
        model.close();
        scratch.close();
    }
}
