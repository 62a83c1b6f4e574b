package dev.chela.commands.core;

import dev.chela.commands.Command;
import dev.chela.commands.CommandAnswer;
import dev.chela.commands.CommandCall;
import dev.chela.commands.CommandException;
import dev.chela.commands.CommandSpec;
import dev.chela.commands.CommandSpec.Group;
import dev.chela.commands.Sanitised;
import dev.chela.harness.session.Archive;
import dev.chela.harness.session.Archives;
import dev.chela.harness.session.RestoreResult;
import dev.chela.harness.session.Sessions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * {@code /sessions [restore <id>]}: what was said here in sessions that are over, and taking one up
 * again. Sessions of other conversations are out of its reach.
 */
public final class SessionsCommand implements Command {

    private static final String NAME = "sessions";
    private static final String RESTORE = "restore";
    private static final int SHOWN_MAX = 10;
    private static final int ID_CHARS = 8;

    private final Sessions sessions;
    private final InstantSource clock;

    public SessionsCommand(Sessions sessions, InstantSource clock) {
        this.sessions = sessions;
        this.clock = clock;
    }

    /** What a person types to take up an archive again. */
    public static String restoring(String archivedId) {
        return "/%s %s %s".formatted(NAME, RESTORE, brief(archivedId));
    }

    @Override
    public CommandSpec spec() {
        return CommandSpec.of(
                NAME, "[restore <id>]", "earlier sessions here, and back to one", Group.SESSION);
    }

    @Override
    public CommandAnswer run(CommandCall call) {
        String[] words = call.arguments().strip().split("\\s+", -1);
        if (words[0].isEmpty()) {
            return list(call);
        }
        if (words.length != 2 || !words[0].equalsIgnoreCase(RESTORE)) {
            throw new CommandException("Usage: `/sessions` or `/sessions restore <id>`.");
        }
        return restore(call, words[1]);
    }

    private CommandAnswer list(CommandCall call) {
        List<Archive> here = sessions.archives().of(call.session());
        if (here.isEmpty()) {
            return CommandAnswer.say("No earlier session of this conversation is kept.");
        }
        StringBuilder lines = new StringBuilder("Earlier sessions here, the newest first:\n");
        here.stream().limit(SHOWN_MAX).forEach(one -> lines.append(line(one)));
        lines.append("`/sessions restore <id>` takes one up again; what is said here now is kept.");
        return CommandAnswer.say(lines.toString());
    }

    private String line(Archive one) {
        return "- `%s` ended %s (%s), %d message%s\n"
                .formatted(
                        brief(one.sessionId()),
                        ago(Duration.between(one.endedAt(), clock.instant())),
                        Sanitised.code(one.reason(), 20).replace("`", ""),
                        one.messages(),
                        one.messages() == 1 ? "" : "s");
    }

    private CommandAnswer restore(CommandCall call, String id) {
        if (id.length() < Archives.PREFIX_MIN) {
            throw new CommandException(
                    "Give at least the first %d characters of the id; `/sessions` lists them."
                            .formatted(Archives.PREFIX_MIN));
        }
        boolean ours =
                sessions.archives()
                        .find(id)
                        .filter(one -> one.session().equals(call.session()))
                        .isPresent();
        if (!ours) {
            throw new CommandException(
                    "No earlier session here has that id, or several have; `/sessions` lists"
                            + " them.");
        }
        return switch (sessions.restore(id)) {
            case RestoreResult.Restored(Archive archive, var replaced) ->
                    CommandAnswer.say(
                            "Back in the session of before."
                                    + replaced.map(
                                                    kept ->
                                                            " What was here is kept: `%s`."
                                                                    .formatted(restoring(kept)))
                                            .orElse(""));
            case RestoreResult.Busy() ->
                    throw new CommandException(
                            "The agent is still at work here. Wait for it, or `/stop` first.");
            case RestoreResult.ThreadElsewhere elsewhere ->
                    throw new CommandException(
                            "Its thread is now that of another conversation. `/codex detach` there"
                                    + " sets it free.");
            case RestoreResult.Unknown unknown ->
                    throw new CommandException("That session is not kept any more.");
        };
    }

    private static String brief(String id) {
        return id.length() <= ID_CHARS ? id : id.substring(0, ID_CHARS);
    }

    private static String ago(Duration time) {
        if (time.toDays() > 0) {
            return time.toDays() + " d ago";
        }
        if (time.toHours() > 0) {
            return time.toHours() + " h ago";
        }
        return time.toMinutes() > 0 ? time.toMinutes() + " min ago" : "just now";
    }
}
