package dev.chela.commands.core;

import dev.chela.channels.OutboundMessage;
import dev.chela.commands.Command;
import dev.chela.commands.CommandAnswer;
import dev.chela.commands.CommandCall;
import dev.chela.commands.CommandException;
import dev.chela.commands.CommandSpec;
import dev.chela.commands.CommandSpec.Group;
import dev.chela.harness.TurnOutcome;
import dev.chela.harness.codex.SideQuestions;
import dev.chela.harness.session.SessionView;
import dev.chela.harness.session.Sessions;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * {@code /btw <question>}: asked beside the running turn, of a copy of the conversation's thread;
 * the conversation itself never knows of it. Changes nothing, so it may be asked a second time
 * after a crash.
 */
public final class BtwCommand implements Command {

    private static final String MARK = "*Side question*\n\n";
    private static final String NO_REPLY = "NO_REPLY";
    private static final String NOTHING = "The agent had nothing to say to that.";

    private final SideQuestions sides;
    private final Sessions sessions;
    private final UnaryOperator<String> bare;

    /**
     * @param bare takes off what an agent repeats of the marks around other people's words
     */
    public BtwCommand(SideQuestions sides, Sessions sessions, UnaryOperator<String> bare) {
        this.sides = sides;
        this.sessions = sessions;
        this.bare = bare;
    }

    @Override
    public CommandSpec spec() {
        return CommandSpec.of(
                        "btw",
                        "<question>",
                        "ask something beside the running turn, which never knows of it",
                        Group.SESSION)
                .withAliases("side");
    }

    @Override
    public CommandAnswer run(CommandCall call) {
        if (call.arguments().isEmpty()) {
            throw new CommandException("Usage: `%s`".formatted(spec().usage()));
        }
        Optional<String> model = sessions.view(call.session()).flatMap(SessionView::model);
        return switch (sides.ask(call.session(), call.arguments(), model)) {
            case TurnOutcome.Completed completed -> said(call, completed.text());
            case TurnOutcome.Failed failed -> say(call, "⚠️ " + failed.notice());
            case TurnOutcome.Interrupted(var cause, var _, var _) ->
                    switch (cause) {
                        case USER_STOP -> new CommandAnswer.Silent("stopped");
                        case SHUTDOWN -> new CommandAnswer.Unfinished("the bot is stopping");
                        case NEW_SESSION, NEWER_MESSAGE, WATCHDOG, PROCESS_EXIT, EXTERNAL ->
                                say(
                                        call,
                                        "⚠️ This was interrupted, and not from here. Ask it"
                                                + " again.");
                    };
            case TurnOutcome.Uncertain uncertain -> say(call, "⚠️ " + uncertain.notice());
        };
    }

    private CommandAnswer said(CommandCall call, Optional<String> answer) {
        String text = answer.map(bare).map(String::strip).orElse("");
        return say(call, text.isEmpty() || text.equalsIgnoreCase(NO_REPLY) ? NOTHING : text);
    }

    /** Under its question, for an answer of the turn may come between. */
    private static CommandAnswer say(CommandCall call, String markdown) {
        return new CommandAnswer.Reply(
                OutboundMessage.of(MARK + markdown).inReplyTo(call.messageId()));
    }
}
