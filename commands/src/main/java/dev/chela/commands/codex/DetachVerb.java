package dev.chela.commands.codex;

import dev.chela.commands.CommandAnswer;
import dev.chela.commands.CommandCall;
import dev.chela.harness.codex.Codex;
import dev.chela.harness.session.Sessions;

/** {@code /codex detach}: the session forgets its thread; the thread itself is kept. */
final class DetachVerb implements Subcommand {

    private final Codex codex;
    private final Sessions sessions;

    DetachVerb(Codex codex, Sessions sessions) {
        this.codex = codex;
        this.sessions = sessions;
    }

    @Override
    public Syntax syntax() {
        return Syntax.bare("detach", "forget the thread, which itself is kept")
                .alias("unbind")
                .forOwners();
    }

    @Override
    public CommandAnswer run(CommandCall call, Arguments arguments) {
        ResumeVerb.refuseWhileRunning(sessions, call);
        return CommandAnswer.say(
                codex.detach(call.session())
                        ? "Detached. The next message begins a new thread."
                        : "Nothing was attached here.");
    }
}
