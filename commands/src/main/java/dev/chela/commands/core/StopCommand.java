package dev.chela.commands.core;

import dev.chela.commands.Command;
import dev.chela.commands.CommandAnswer;
import dev.chela.commands.CommandCall;
import dev.chela.commands.CommandSpec;
import dev.chela.commands.CommandSpec.Group;
import dev.chela.harness.codex.SideQuestions;
import dev.chela.harness.session.Sessions;
import dev.chela.harness.session.Stopped;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code /stop}: ends the running turn with its commands, what waits behind it, and side questions.
 */
public final class StopCommand implements Command {

    private final Sessions sessions;
    private final SideQuestions sides;

    public StopCommand(Sessions sessions, SideQuestions sides) {
        this.sessions = sessions;
        this.sides = sides;
    }

    @Override
    public CommandSpec spec() {
        return CommandSpec.of("stop", "", "stop what is running here", Group.SESSION);
    }

    @Override
    public CommandAnswer run(CommandCall call) {
        Stopped stopped = sessions.stop(call.session(), call.ticket());
        int aside = sides.stop(call.session());
        if (!stopped.interrupted() && stopped.queuedClosed() == 0 && aside == 0) {
            return CommandAnswer.say("Nothing is running here.");
        }
        // Of what waited each chat is told where it waited.
        List<String> said = new ArrayList<>();
        if (stopped.interrupted()) {
            said.add("Stopping the turn and its commands.");
        } else if (aside == 0) {
            said.add("Nothing was running.");
        }
        if (aside == 1) {
            said.add("The side question is given up.");
        } else if (aside > 1) {
            said.add("%d side questions are given up.".formatted(aside));
        }
        return CommandAnswer.say(String.join(" ", said));
    }
}
