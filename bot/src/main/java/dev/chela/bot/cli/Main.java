package dev.chela.bot.cli;

import dev.chela.config.Release;
import dev.chela.config.json5.KeyPath;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** {@code chela}: the command line's root. */
@Command(
        name = "chela",
        description = "A bot of your own for Telegram and the web, with real Codex behind it.%n",
        mixinStandardHelpOptions = true,
        version = "chela " + Release.VERSION,
        sortOptions = false,
        customSynopsis = "chela [OPTIONS] COMMAND",
        commandListHeading = "Commands (chela COMMAND --help tells more):%n",
        optionListHeading = "%nOptions, also after a command:%n",
        footer = {
            "",
            "New here?",
            "  chela demo              try it now: no account, no token",
            "  chela config validate   check ~/.chela/chela.json, once you wrote it",
            "  chela gateway run       start your bot",
        },
        subcommands = {
            DemoCommand.class,
            GatewayCommand.class,
            PairingCommand.class,
            SessionsCommand.class,
            ModelsCommand.class,
            ConfigCommand.class,
            StatusCommand.class,
            CommandLine.HelpCommand.class,
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
        line.setParameterExceptionHandler(new Misuse());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpAutoWidth(true);
        line.registerConverter(KeyPath.class, Main::path);
        line.registerConverter(Port.class, new Port.Converter());
        line.setHelpSectionKeys(
                List.of(
                        UsageMessageSpec.SECTION_KEY_SYNOPSIS_HEADING,
                        UsageMessageSpec.SECTION_KEY_SYNOPSIS,
                        UsageMessageSpec.SECTION_KEY_DESCRIPTION,
                        UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING,
                        UsageMessageSpec.SECTION_KEY_COMMAND_LIST,
                        UsageMessageSpec.SECTION_KEY_PARAMETER_LIST,
                        UsageMessageSpec.SECTION_KEY_OPTION_LIST_HEADING,
                        UsageMessageSpec.SECTION_KEY_OPTION_LIST,
                        UsageMessageSpec.SECTION_KEY_EXIT_CODE_LIST_HEADING,
                        UsageMessageSpec.SECTION_KEY_EXIT_CODE_LIST,
                        UsageMessageSpec.SECTION_KEY_FOOTER));
        System.exit(line.execute(arguments));
    }

    private static KeyPath path(String written) {
        try {
            return KeyPath.parse(written);
        } catch (IllegalArgumentException notOne) {
            throw new CommandLine.TypeConversionException(String.valueOf(notOne.getMessage()));
        }
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

    /** The first option given that every command has; empty if none is. */
    Optional<String> common() {
        if (config.isPresent()) {
            return Optional.of("--config");
        }
        if (profile.isPresent()) {
            return Optional.of("--profile");
        }
        return json ? Optional.of("--json") : Optional.empty();
    }
}
