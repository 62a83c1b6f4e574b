package dev.chela.bot.cli;

import dev.chela.bot.Stages;
import dev.chela.bot.demo.Demo;
import dev.chela.bot.demo.Screen;
import dev.chela.bot.demo.Typist;
import dev.chela.channels.EventId;
import dev.chela.harness.appserver.managed.CodexInstallation;
import dev.chela.harness.appserver.managed.ManagedCodex;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

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

    @ParentCommand private Main main = new Main();

    @Option(
            names = "--message",
            paramLabel = "TEXT",
            description = "say this, print the answer, end")
    private Optional<String> message = Optional.empty();

    @Option(names = "--state", paramLabel = "DIR", description = "keep the demo's state there")
    private Optional<Path> state = Optional.empty();

    @Option(names = "--port", paramLabel = "N", description = "the web chat's port (default: free)")
    private Port port = new Port(0);

    @Override
    public Integer call() throws IOException {
        Stages stages = Stages.ofProcess(Clock.systemUTC());
        stages.done("jvm");
        boolean oneShot = message.isPresent();
        Optional<String> useless = main.common();
        if (useless.isPresent()) {
            return explained(
                    Misuse.STATUS,
                    ("chela demo takes no %s: it reads nothing of yours. With --state DIR its own"
                                    + " config is DIR/chela.json, which you may edit.")
                            .formatted(useless.get()));
        }
        if (message.filter(String::isBlank).isPresent()) {
            return explained(
                    Misuse.STATUS, "--message is empty; say something: chela demo --message hello");
        }
        // Scripts read the answer alone from the standard output.
        (oneShot ? System.err : System.out)
                .println(
                        "Chela demo. The model is SCRIPTED: it echoes and knows a few phrases."
                                + " The Codex app-server behind it is real.");
        CodexInstallation codex = codex();
        return oneShot ? once(codex, stages) : chat(codex, stages);
    }

    private static CodexInstallation codex() {
        Download progress = new Download(System.err, System.console() != null);
        ManagedCodex managed = ManagedCodex.of(System.getenv(), Clock.systemUTC());
        CodexInstallation codex = managed.install(progress);
        progress.end();
        return codex;
    }

    private int once(CodexInstallation codex, Stages stages) throws IOException {
        try (DemoPlace place = DemoPlace.of(state)) {
            Demo demo = started(place, Screen.of(System.out), codex, stages);
            EventId said = demo.say(message.orElseThrow());
            int rest = rest(demo, ONE_ANSWER_MAX);
            return rest == 0 && !demo.isAnswered(said) ? FAILED : rest;
        }
    }

    private int chat(CodexInstallation codex, Stages stages) throws IOException {
        boolean atTerminal = System.console() != null && System.console().isTerminal();
        try (Typist typist = atTerminal ? Typist.atTerminal() : Typist.piped(System.out);
                DemoPlace place = DemoPlace.of(state)) {
            Demo demo = started(place, typist.screen(), codex, stages);
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

    private Demo started(DemoPlace place, Screen screen, CodexInstallation codex, Stages stages)
            throws IOException {
        return place.holds(Demo.start(place.directory(), port.number(), screen, codex, stages));
    }

    private int rest(Demo demo, Duration patience) {
        return switch (demo.awaitRest(patience)) {
            case QUIET -> 0;
            case ENDED -> UNFINISHED;
            case ASKED -> explained(ASKED, unanswered());
            case BUSY ->
                    explained(
                            UNFINISHED,
                            "the agent was still at work after %d s and is stopped"
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
}
