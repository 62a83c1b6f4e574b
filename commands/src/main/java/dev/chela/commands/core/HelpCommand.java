package dev.chela.commands.core;

import dev.chela.commands.Command;
import dev.chela.commands.CommandAnswer;
import dev.chela.commands.CommandCall;
import dev.chela.commands.CommandRegistry;
import dev.chela.commands.CommandSpec;
import dev.chela.commands.CommandSpec.Group;
import dev.chela.commands.CommandSpec.Kind;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** {@code /help}: the commands by group, one line each, generated from the commands themselves. */
public final class HelpCommand implements Command {

    private final Supplier<CommandRegistry> registry;

    public HelpCommand(Supplier<CommandRegistry> registry) {
        this.registry = registry;
    }

    @Override
    public CommandSpec spec() {
        return CommandSpec.of("help", "", "what you can say here", Group.INFORMATION)
                .as(Kind.INLINE);
    }

    @Override
    public CommandAnswer run(CommandCall call) {
        StringBuilder help =
                new StringBuilder(
                        "Just write: the agent works in its workspace and answers here.\n");
        for (Group group : Group.values()) {
            String lines =
                    registry.get().all().stream()
                            .map(Command::spec)
                            .filter(spec -> spec.group() == group)
                            .map(spec -> "- `/%s` – %s".formatted(spec.name(), spec.summary()))
                            .collect(Collectors.joining("\n"));
            if (!lines.isEmpty()) {
                help.append("\n**").append(title(group)).append("**\n").append(lines).append('\n');
            }
        }
        return CommandAnswer.say(
                help.append("\n`/commands` shows how each is written.").toString());
    }

    static String title(Group group) {
        return switch (group) {
            case SESSION -> "This conversation";
            case CODEX -> "Codex";
            case SAFETY -> "Decisions";
            case INFORMATION -> "Information";
        };
    }
}
