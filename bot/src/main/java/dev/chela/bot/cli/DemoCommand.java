package dev.chela.bot.cli;

import dev.chela.bot.Stages;
import dev.chela.bot.demo.Demo;
import dev.chela.bot.demo.Screen;
import dev.chela.bot.demo.Typist;
import dev.chela.channels.EventId;
import dev.chela.harness.appserver.managed.CodexInstallation;
import dev.chela.harness.appserver.managed.ManagedCodex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code chela demo}: the whole bot with a scripted model, in the terminal and on a web page. */
@Command(
        name = "demo",
        description = "Try it: real Codex, scripted model, no account. Chat here or on the page.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:with --message: it is answered, and the standard output holds the answer alone",
            "1:it did not start, or the agent was still at work when the time was up",
            "2:an option is wrong, or Chela has a defect that it did not expect",
            "3:with --message: the agent failed; the standard output says why",
            "4:the agent asks a person, and nobody is there; the standard output has what it asks",
        })
final class DemoCommand implements Callable<Integer> {

    private static final Duration ONE_ANSWER_MAX = Duration.ofMinutes(11);
    private static final int UNFINISHED = 1;
    private static final int FAILED = 3;
    private static final int ASKED = 4;

    @Option(
            names = "--message",
            paramLabel = "TEXT",
            description = "say this, print the answer, end")
    private Optional<String> message = Optional.empty();

    @Option(names = "--state", paramLabel = "DIR", description = "keep the demo's state there")
    private Optional<Path> state = Optional.empty();

    @Option(names = "--port", paramLabel = "N", description = "the web chat's port (default: free)")
    private int port;

    @Override
    public Integer call() throws IOException {
        Stages stages = Stages.ofProcess(Clock.systemUTC());
        stages.done("jvm");
        boolean oneShot = message.isPresent();
        // Scripts read the answer alone from the standard output.
        (oneShot ? System.err : System.out)
                .println(
                        "Chela demo. The model is SCRIPTED: it echoes and knows a few phrases."
                                + " The Codex app-server behind it is real.");
        Path directory = state.isPresent() ? state.get() : Files.createTempDirectory("chela-demo");
        try {
            CodexInstallation codex = codex();
            return oneShot ? once(directory, codex, stages) : chat(directory, codex, stages);
        } finally {
            if (state.isEmpty()) {
                delete(directory);
            }
        }
    }

    private static CodexInstallation codex() {
        Download progress = new Download(System.err, System.console() != null);
        ManagedCodex managed = ManagedCodex.of(System.getenv(), Clock.systemUTC());
        CodexInstallation codex = managed.install(progress);
        progress.end();
        return codex;
    }

    private int once(Path directory, CodexInstallation codex, Stages stages) throws IOException {
        try (Demo demo = Demo.start(directory, port, Screen.of(System.out), codex, stages)) {
            EventId said = demo.say(message.orElseThrow());
            int rest = rest(demo, ONE_ANSWER_MAX);
            return rest == 0 && !demo.isAnswered(said) ? FAILED : rest;
        }
    }

    private int chat(Path directory, CodexInstallation codex, Stages stages) throws IOException {
        boolean atTerminal = System.console() != null && System.console().isTerminal();
        try (Typist typist = atTerminal ? Typist.atTerminal() : Typist.piped(System.out);
                Demo demo = Demo.start(directory, port, typist.screen(), codex, stages)) {
            System.out.println("Web chat: " + demo.webChat());
            System.out.println("Say anything, /help, or one of these (Ctrl-D ends):");
            System.out.println(Demo.phrases());
            for (Optional<String> line = typist.next(); line.isPresent(); line = typist.next()) {
                if (!line.get().isBlank()) {
                    demo.say(line.get());
                }
            }
            return rest(demo, atTerminal ? Duration.ofSeconds(1) : ONE_ANSWER_MAX);
        }
    }

    private int rest(Demo demo, Duration patience) {
        return switch (demo.awaitRest(patience)) {
            case QUIET -> 0;
            case ASKED -> explained(ASKED, unanswered());
            case BUSY ->
                    explained(
                            UNFINISHED,
                            "the agent was still at work after %d s"
                                    .formatted(patience.toSeconds()));
        };
    }

    private String unanswered() {
        return ("the agent asks a person, and %s; what it was at is stopped."
                        + " To answer, say it again in the chat that this opens: ./chela demo%s")
                .formatted(
                        message.isPresent() ? "--message cannot answer" : "the input has ended",
                        state.map(folder -> " --state " + folder).orElse(""));
    }

    private static int explained(int status, String why) {
        System.err.println("chela: " + why);
        return status;
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> tree = Files.walk(directory)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
