package dev.chela.commands.codex;

import dev.chela.commands.CommandAnswer;
import dev.chela.commands.CommandCall;
import dev.chela.commands.CommandException;
import dev.chela.commands.Sanitised;
import dev.chela.harness.ThreadId;
import dev.chela.harness.codex.Codex;
import dev.chela.harness.session.Binding;
import dev.chela.harness.session.SessionView;
import dev.chela.harness.session.Sessions;
import java.util.Optional;

/** {@code /codex resume <thread>}: this session goes on with a thread that there is. */
final class ResumeVerb implements Subcommand {

    private static final String NOT_RESUMED =
            "The thread was not resumed and the binding is as it was";
    private static final String BUSY =
            " A turn of another client is running there; your next message waits for it.";
    private static final int ID_CHARS_MAX = 80;

    private final Codex codex;
    private final Sessions sessions;

    ResumeVerb(Codex codex, Sessions sessions) {
        this.codex = codex;
        this.sessions = sessions;
    }

    @Override
    public Syntax syntax() {
        return Syntax.bare("resume", "go on with that thread here")
                .words("<thread-id>", 1, 1)
                .forOwners();
    }

    @Override
    public CommandAnswer run(CommandCall call, Arguments arguments) {
        refuseWhileRunning(sessions, call);
        ThreadId thread = new ThreadId(arguments.words().getFirst());
        Claiming.refuseIfClaimedElsewhere(NOT_RESUMED, codex, thread, call.session());
        Binding binding = Troubles.told(NOT_RESUMED, () -> codex.resume(call.session(), thread));
        boolean busy = codex.isBusyElsewhere(call.session()).orElse(false);
        return CommandAnswer.say(
                "This conversation goes on with thread %s.%s"
                        .formatted(
                                Sanitised.code(binding.thread().value(), ID_CHARS_MAX),
                                busy ? BUSY : ""));
    }

    /** A thread changed under a running turn would leave that turn without a home. */
    static void refuseWhileRunning(Sessions sessions, CommandCall call) {
        Optional<SessionView.Running> running =
                sessions.view(call.session()).flatMap(SessionView::running);
        if (running.isPresent()) {
            throw new CommandException(
                    "A turn is running here. `/stop` it or wait, then say this again.");
        }
    }
}
