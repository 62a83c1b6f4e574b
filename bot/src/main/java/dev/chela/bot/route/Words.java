package dev.chela.bot.route;

import dev.chela.commands.CommandLine;
import dev.chela.commands.PromptCommand;
import dev.chela.commands.Reading;

/** What of a typed message is meant for the agent. */
final class Words {

    private Words() {}

    /** The message without directives and shortcuts, or the prompt inside a command. */
    static String of(CommandLine line, String text, boolean commandsAllowed) {
        return switch (line.read(text, commandsAllowed)) {
            case Reading.Prose prose -> prose.text();
            case Reading.UnknownCommand unknown -> text;
            case Reading.Standalone(Reading.Found found) ->
                    found.command() instanceof PromptCommand command
                            ? command.promptOf(found.arguments())
                            : text;
        };
    }
}
