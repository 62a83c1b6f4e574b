package dev.chela.commands.core;

import dev.chela.commands.CommandAnswer;
import dev.chela.commands.CommandCall;
import dev.chela.commands.CommandException;
import dev.chela.commands.CommandSpec;
import dev.chela.commands.CommandSpec.Group;
import dev.chela.commands.PromptCommand;

/**
 * {@code /steer <message>}: into the running turn at its next safe point, whatever the queue mode
 * says; without a running turn it is an ordinary message.
 */
public final class SteerCommand implements PromptCommand {

    @Override
    public CommandSpec spec() {
        return CommandSpec.of(
                        "steer",
                        "<message>",
                        "tell the running turn something; it lands at the next safe point",
                        Group.SESSION)
                .withAliases("tell");
    }

    @Override
    public String promptOf(String arguments) {
        return arguments;
    }

    @Override
    public CommandAnswer run(CommandCall call) {
        if (call.arguments().isEmpty()) {
            throw new CommandException("Usage: `%s`".formatted(spec().usage()));
        }
        return new CommandAnswer.Steer(call.arguments());
    }
}
