package dev.chela.commands.core;

import dev.chela.commands.Command;
import dev.chela.commands.CommandAnswer;
import dev.chela.commands.CommandCall;
import dev.chela.commands.CommandRegistry;
import dev.chela.commands.CommandSpec;
import dev.chela.commands.CommandSpec.Authority;
import dev.chela.commands.CommandSpec.Group;
import dev.chela.commands.CommandSpec.Kind;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** {@code /commands}: every command with its syntax and aliases. */
public final class CommandsCommand implements Command {

    private final Supplier<CommandRegistry> registry;

    public CommandsCommand(Supplier<CommandRegistry> registry) {
        this.registry = registry;
    }

    @Override
    public CommandSpec spec() {
        return CommandSpec.of("commands", "", "every command with its syntax", Group.INFORMATION)
                .as(Kind.INLINE);
    }

    @Override
    public CommandAnswer run(CommandCall call) {
        return CommandAnswer.say(
                registry.get().all().stream()
                        .map(Command::spec)
                        .map(CommandsCommand::line)
                        .collect(Collectors.joining("\n")));
    }

    private static String line(CommandSpec spec) {
        String aliases =
                spec.aliases().isEmpty()
                        ? ""
                        : spec.aliases().stream()
                                .map(alias -> "`/" + alias + "`")
                                .collect(Collectors.joining(", ", " (also ", ")"));
        String owner = spec.authority() == Authority.OWNER ? " *owner*" : "";
        return "- `%s`%s – %s%s".formatted(spec.usage(), aliases, spec.summary(), owner);
    }
}
