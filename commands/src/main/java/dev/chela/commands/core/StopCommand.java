package dev.chela.commands.core;

import dev.chela.commands.Command;
import dev.chela.commands.CommandAnswer;
import dev.chela.commands.CommandCall;
import dev.chela.commands.CommandSpec;
import dev.chela.commands.CommandSpec.Group;
import dev.chela.harness.session.Sessions;
import dev.chela.harness.session.Stopped;

/** {@code /stop}: ends the running turn with its commands, and what waits behind it. */
public final class StopCommand implements Command {

    private final Sessions sessions;

    public StopCommand(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public CommandSpec spec() {
        return CommandSpec.of("stop", "", "stop what is running here", Group.SESSION);
    }

    @Override
    public CommandAnswer run(CommandCall call) {
        Stopped stopped = sessions.stop(call.session(), call.ticket());
        if (!stopped.interrupted() && stopped.queuedClosed() == 0) {
            return CommandAnswer.say("Nothing is running here.");
        }
        // Of what waited each chat is told where it waited.
        return CommandAnswer.say(
                stopped.interrupted()
                        ? "Stopping the turn and its commands."
                        : "Nothing was running.");
    }
}
