package dev.chela.commands.codex;

import dev.chela.commands.CommandAnswer;
import dev.chela.commands.CommandCall;

/** {@code /codex forget}: takes back an <i>Always allow</i> that was given to {@code bind}. */
final class ForgetVerb implements Subcommand {

    private final Claiming claiming;

    ForgetVerb(Claiming claiming) {
        this.claiming = claiming;
    }

    @Override
    public Syntax syntax() {
        return Syntax.bare("forget", "let `bind` ask again where it was always allowed")
                .forOwners();
    }

    /** Says what holds from now on, so that a repeat after a crash says the same. */
    @Override
    public CommandAnswer run(CommandCall call, Arguments arguments) {
        claiming.forget(call.conversation());
        return CommandAnswer.say(
                "`/codex bind` asks again on this account. What is bound stays bound;"
                        + " `/codex unbind` ends that.");
    }
}
