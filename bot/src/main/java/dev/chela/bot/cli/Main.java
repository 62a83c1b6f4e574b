package dev.chela.bot.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** {@code chela}: the command line's root. */
@Command(
        name = "chela",
        description = "A bot of your own in front of the Codex app-server.",
        mixinStandardHelpOptions = true,
        version = "chela 0.1.0",
        sortOptions = false,
        subcommands = {
            DemoCommand.class,
            GatewayCommand.class,
        })
public final class Main implements Runnable {

    @Option(
            names = "--config",
            paramLabel = "PATH",
            description = "the config file (default: ~/.chela/chela.json)",
            scope = ScopeType.INHERIT)
    private Optional<Path> config = Optional.empty();

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            description = "use ~/.chela-NAME",
            scope = ScopeType.INHERIT)
    private Optional<String> profile = Optional.empty();

    @Option(names = "--json", description = "print JSON", scope = ScopeType.INHERIT)
    private boolean json;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    public static void main(String[] arguments) {
        CommandLine line = new CommandLine(new Main());
        line.setExecutionExceptionHandler(new Failures());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        System.exit(line.execute(arguments));
    }

    /** Without a command: the help. */
    @Override
    public void run() {
        spec.commandLine().usage(System.out);
    }

    Surroundings surroundings() {
        return Surroundings.of(config, profile);
    }

    boolean printsJson() {
        return json;
    }
}
