package dev.chela.bot.cli;

import dev.chela.bot.Boot;
import dev.chela.bot.Chela;
import dev.chela.bot.Stages;
import dev.chela.config.GatewayConfig;
import dev.chela.config.load.LoadResult;
import dev.chela.harness.appserver.managed.InstallProgress;
import dev.chela.harness.appserver.managed.ManagedCodex;
import java.time.Clock;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code chela gateway run}: the bot in the foreground. */
@Command(
        name = "gateway",
        description = "Run the bot.",
        mixinStandardHelpOptions = true,
        subcommands = {})
final class GatewayCommand {

    @ParentCommand private Main main = new Main();

    @Command(
            name = "run",
            description = "Start the bot from the config and stay in the foreground.",
            mixinStandardHelpOptions = true)
    int run(
            @Option(names = "--port", paramLabel = "N", description = "instead of gateway.port")
                    OptionalInt port,
            @Option(
                            names = "--allow-unconfigured",
                            description = "start although gateway.mode is not \"local\"")
                    boolean allowUnconfigured)
            throws InterruptedException {
        Stages stages = Stages.ofProcess(Clock.systemUTC());
        stages.done("jvm");
        Surroundings here = main.surroundings();
        LoadResult.Loaded loaded = here.load();
        boolean local =
                loaded.config()
                        .gateway()
                        .mode()
                        .equals(java.util.Optional.of(GatewayConfig.Mode.LOCAL));
        if (!local && !allowUnconfigured) {
            throw new RefusedException(
                    ("gateway.mode is not \"local\" in %s; write gateway: { mode: \"local\" } there,"
                                    + " or start with --allow-unconfigured")
                            .formatted(here.location().file()));
        }
        Boot boot = new Boot(loaded, here.location().stateDirectory(), stages);
        port.ifPresent(boot::onPort);
        ManagedCodex codex = ManagedCodex.of(loaded.environment().asMap(), Clock.systemUTC());
        Chela chela = boot.start(() -> codex.install(InstallProgress.silent()));
        loaded.warnings().forEach(warning -> System.err.println("warning: " + warning));
        System.out.println(chela.readyLine());
        serve(chela);
        return 0;
    }

    /** Until the process is told to end; then drains. */
    private static void serve(Chela chela) throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(
                        Thread.ofPlatform()
                                .name("chela-stop")
                                .unstarted(
                                        () -> {
                                            chela.close();
                                            ended.countDown();
                                        }));
        ended.await();
    }
}
