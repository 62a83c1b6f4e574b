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
        Optional<Claim.State> ended = claiming.endedBy(call);
        if (ended.isPresent()) {
            // The process died before the answer to this very command was stored.
            claiming.of(call)
                    .filter(claim -> claim.ticket() < call.ticket())
                    .ifPresent(claim -> claiming.release(call, claim));
            return CommandAnswer.say(words(ended.get()));
        }
        Optional<Claim> claim = claiming.of(call);
        if (claim.isEmpty() || claim.get().isBound()) {
            ResumeVerb.refuseWhileRunning(sessions, call);
        }
        if (claim.isPresent()) {
            claiming.release(call, claim.get());
            return CommandAnswer.say(words(claim.get().state()));
        }
        return CommandAnswer.say(
                codex.detach(call.session())
                        ? "Detached. The next message begins a new thread."
                        : "Nothing was attached here.");
    }

    private static String words(Claim.State ended) {
        return switch (ended) {
            case PENDING -> "Taken back: nothing is bound, and everything is as it was.";
            case BOUND ->
                    "Detached; the thread is kept, `/codex threads` lists it. From here on this"
                            + " conversation talks to its agent again.";
        };
    }
}
