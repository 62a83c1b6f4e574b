package dev.chela.commands.codex;

import dev.chela.commands.CommandAnswer;
import dev.chela.commands.CommandCall;
import dev.chela.harness.codex.Codex;
import dev.chela.harness.session.Claim;
import dev.chela.harness.session.Sessions;
import java.util.Optional;

/**
 * {@code /codex detach}: a bound conversation goes back to the agent it had, another one forgets
 * its thread. The thread itself is kept.
 */
final class DetachVerb implements Subcommand {

    private final Codex codex;
    private final Sessions sessions;
    private final Claiming claiming;

    DetachVerb(Codex codex, Sessions sessions, Claiming claiming) {
        this.codex = codex;
        this.sessions = sessions;
        this.claiming = claiming;
    }

    @Override
    public Syntax syntax() {
        return Syntax.bare("detach", "end the binding; the thread itself is kept")
                .alias("unbind")
                .forOwners();
    }

    @Override
    public CommandAnswer run(CommandCall call, Arguments arguments) {
        Optional<Claim> claim = claiming.of(call);
        if (claim.isPresent() && !claim.get().isBound()) {
            claiming.release(call);
            return CommandAnswer.say("Taken back: nothing is bound, and everything is as it was.");
        }
        ResumeVerb.refuseWhileRunning(sessions, call);
        if (claiming.release(call)) {
            return CommandAnswer.say(
                    "Detached; the thread is kept, `/codex threads` lists it. From here on this"
                            + " conversation talks to its agent again.");
        }
        return CommandAnswer.say(
                codex.detach(call.session())
                        ? "Detached. The next message begins a new thread."
                        : "Nothing was attached here.");
    }
}
