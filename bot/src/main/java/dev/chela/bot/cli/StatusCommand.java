package dev.chela.bot.cli;

import dev.chela.config.Release;
import dev.chela.config.json5.Json5Writer;
import dev.chela.config.json5.Node;
import dev.chela.config.load.LoadResult;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code chela status}: what there is and how it is. Only reads; starts nothing. */
@Command(
        name = "status",
        description = "Show config, state and the running bot. Starts nothing.",
        mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {

    @ParentCommand private Main main = new Main();

    @Override
    public Integer call() {
        Surroundings here = main.surroundings();
        LoadResult config = here.loader().load();
        GatewayStatus gateway = GatewayStatus.of(here);
        if (main.printsJson()) {
            System.out.println(
                    Json5Writer.json(
                            Node.Obj.empty()
                                    .with("version", Node.Text.of(Release.VERSION))
                                    .with("config", Node.Text.of(here.location().file().toString()))
                                    .with(
                                            "configValid",
                                            Words.bool(config instanceof LoadResult.Loaded))
                                    .with(
                                            "state",
                                            Node.Text.of(
                                                    here.location().stateDirectory().toString()))
                                    .with("gateway", gateway.json())));
            return 0;
        }
        System.out.println("version  " + Release.VERSION);
        System.out.println("config   " + here.location().file() + " (" + words(config) + ")");
        System.out.println("state    " + here.location().stateDirectory());
        gateway.lines().forEach(System.out::println);
        return 0;
    }

    private static String words(LoadResult config) {
        return switch (config) {
            case LoadResult.Broken broken ->
                    "%d problem(s), see chela config validate".formatted(broken.problems().size());
            case LoadResult.Loaded loaded ->
                    loaded.hash().equals("absent") ? "not written yet" : "valid";
        };
    }
}
