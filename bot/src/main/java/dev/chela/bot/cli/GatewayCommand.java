package dev.chela.bot.cli;

import dev.chela.bot.AtRest;
import dev.chela.bot.Boot;
import dev.chela.bot.Chela;
import dev.chela.bot.Stages;
import dev.chela.config.GatewayConfig;
import dev.chela.config.edit.LastKnownGood;
import dev.chela.config.json5.Json5Writer;
import dev.chela.config.load.ConfigLoader;
import dev.chela.config.load.LoadResult;
import dev.chela.config.state.Holder;
import dev.chela.harness.appserver.managed.ManagedCodex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code chela gateway}: the bot itself. */
@Command(
        name = "gateway",
        description = "Run the bot, stop it, see how it is.",
        mixinStandardHelpOptions = true)
final class GatewayCommand {

    @ParentCommand private Main main = new Main();

    @Command(
            name = "run",
            description = "Start the bot from the config and stay in the foreground.",
            mixinStandardHelpOptions = true)
    int run(
            @Option(names = "--port", paramLabel = "N", description = "instead of gateway.port")
                    Optional<Port> port,
            @Option(
                            names = "--allow-unconfigured",
                            description = "start although gateway.mode is not \"local\"")
                    boolean allowUnconfigured,
            @Option(
                            names = "--last-known-good",
                            description =
                                    "start from the copy of the config that last worked; the file"
                                            + " stays as it is")
                    boolean lastKnownGood)
            throws InterruptedException {
        Stages stages = Stages.ofProcess(Clock.systemUTC());
        stages.done("jvm");
        Surroundings here = main.surroundings();
        ConfigLoader loader = here.loader();
        LastKnownGood copy = new LastKnownGood(loader);
        LoadResult.Loaded loaded =
                lastKnownGood ? here.usable(copy.load()) : usable(here, loader.load(), copy);
        refuseUnconfigured(here, loaded, allowUnconfigured);
        ManagedCodex codex = ManagedCodex.of(loaded.environment().asMap(), Clock.systemUTC());
        Ending ending = new Ending();
        Boot boot =
                new Boot(loaded, here.location().stateDirectory(), stages)
                        .whenAskedToStop(ending::ask);
        port.ifPresent(wanted -> boot.onPort(wanted.number()));
        Chela chela = boot.start(() -> codex.install(new LoggedDownload()));
        ending.closes(chela);
        if (!lastKnownGood) {
            remember(copy);
        }
        System.out.println(chela.readyLine());
        if (System.console() != null && System.console().isTerminal()) {
            System.out.println("web chat: " + chela.signInAddress());
        }
        ConfigAdvice.of(loader, loaded).forEach(line -> System.err.println("warning: " + line));
        ending.await();
        return 0;
    }

    @Command(
            name = "stop",
            description = "Ask the running bot to finish its turns and end.",
            mixinStandardHelpOptions = true)
    int stop(
            @Option(names = "--all", description = "also end app-servers that outlive the bot")
                    boolean all)
            throws InterruptedException {
        Surroundings here = main.surroundings();
        Optional<Holder> holder = RunningBot.holder(here);
        if (holder.isPresent()) {
            Stopping.end(here, holder.get());
            System.out.println("stopped process " + holder.get().pid());
        } else {
            System.out.println("no bot runs on " + here.location().stateDirectory());
        }
        if (all) {
            try (AtRest state = AtRest.open(here.load(), here.location().stateDirectory())) {
                state.endServers();
            }
            System.out.println("no app-server is left");
        }
        return 0;
    }

    @Command(
            name = "status",
            description = "Show whether the bot runs and hears its channels (exit 1 if not).",
            mixinStandardHelpOptions = true)
    int status() {
        GatewayStatus status = GatewayStatus.of(main.surroundings());
        if (main.printsJson()) {
            System.out.println(Json5Writer.json(status.json()));
        } else {
            status.lines().forEach(System.out::println);
        }
        return status.isReady() ? 0 : 1;
    }

    @Command(
            name = "url",
            description = "Print the address that signs a browser in to the web chat; a secret.",
            mixinStandardHelpOptions = true)
    int url() {
        RunningBot bot =
                RunningBot.find(main.surroundings())
                        .orElseThrow(
                                () ->
                                        new RefusedException(
                                                "no bot runs; start it with: chela gateway run"));
        System.out.println(bot.signInAddress());
        return 0;
    }

    /** A broken config names the copy that worked, where there is one. */
    private static LoadResult.Loaded usable(
            Surroundings here, LoadResult result, LastKnownGood copy) {
        try {
            return here.usable(result);
        } catch (RefusedException broken) {
            if (!Files.exists(copy.file())) {
                throw broken;
            }
            throw new RefusedException(
                    broken.getMessage()
                            + "\nor start meanwhile with the one that last worked:"
                            + " chela gateway run --last-known-good");
        }
    }

    private static void refuseUnconfigured(
            Surroundings here, LoadResult.Loaded loaded, boolean allowed) {
        boolean local =
                loaded.config()
                        .gateway()
                        .mode()
                        .filter(GatewayConfig.Mode.LOCAL::equals)
                        .isPresent();
        if (!local && !allowed) {
            throw new RefusedException(
                    ("%s; write it with \"chela config set gateway.mode local\", start with"
                                    + " --allow-unconfigured, or look at chela demo first")
                            .formatted(unconfigured(here.location().file())));
        }
    }

    private static String unconfigured(Path file) {
        return Files.exists(file)
                ? "gateway.mode is not \"local\" in " + file
                : "there is no config %s yet".formatted(file);
    }

    private static void remember(LastKnownGood copy) {
        try {
            copy.remember();
        } catch (IOException unwritable) {
            System.err.println(
                    "warning: the config was not kept as last known good: " + unwritable);
        }
    }
}
