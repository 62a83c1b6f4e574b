package dev.chela.commands.codex;

import dev.chela.commands.Command;
import dev.chela.commands.CommandAnswer;
import dev.chela.commands.CommandCall;

/** {@code /codex stop}: the same as the command of that name. */
final class SameAsVerb implements Subcommand {

    private final Syntax syntax;
    private final Command command;

    private SameAsVerb(Syntax syntax, Command command) {
        this.syntax = syntax;
        this.command = command;
    }

    static Subcommand stop(Command stop) {
        return new SameAsVerb(Syntax.bare("stop", "stop the running turn").forOwners(), stop);
    }

    @Override
    public Syntax syntax() {
        return syntax;
    }

    @Override
    public CommandAnswer run(CommandCall call, Arguments arguments) {
        return command.run(call.withArguments(arguments.rest()));
    }
}
