package dev.chela.bot.cli;

import dev.chela.bot.Stages;
import dev.chela.bot.demo.Demo;
import dev.chela.bot.demo.Screen;
import dev.chela.bot.demo.Typist;
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
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {

    private static final Duration ONE_ANSWER_MAX = Duration.ofMinutes(11);

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
            demo.say(message.orElseThrow());
            return demo.awaitQuiet(ONE_ANSWER_MAX) ? 0 : 1;
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
            return demo.awaitQuiet(atTerminal ? Duration.ofSeconds(1) : ONE_ANSWER_MAX) ? 0 : 1;
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> tree = Files.walk(directory)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
