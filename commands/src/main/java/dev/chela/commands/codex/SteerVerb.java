package dev.chela.commands.codex;

import dev.chela.commands.CommandAnswer;
import dev.chela.commands.CommandCall;
import dev.chela.commands.CommandException;
import dev.chela.harness.session.SessionView;
import dev.chela.harness.session.Sessions;

/**
 * {@code /codex steer <message>}: into the running turn. Other than {@code /steer} it begins none
 * (commands §2.4): without a running turn nothing is sent.
 */
final class SteerVerb implements Subcommand {

    static final String NAME = "steer";

    private final Sessions sessions;

    SteerVerb(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public Syntax syntax() {
        return Syntax.bare(NAME, "tell the running turn something")
                .message("<message>")
                .forOwners();
    }

    @Override
    public CommandAnswer run(CommandCall call, Arguments arguments) {
        if (sessions.view(call.session()).flatMap(SessionView::running).isEmpty()) {
            throw new CommandException(
                    "No turn is running here, so nothing was sent. Just say it as a message.");
        }
        return new CommandAnswer.Steer(arguments.rest());
    }
}
