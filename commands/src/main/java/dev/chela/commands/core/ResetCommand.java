package dev.chela.commands.core;

import dev.chela.commands.CommandAnswer;
import dev.chela.commands.CommandCall;
import dev.chela.commands.CommandSpec;
import dev.chela.commands.CommandSpec.Group;
import dev.chela.commands.PromptCommand;
import dev.chela.harness.session.ResetRequest;
import dev.chela.harness.session.ResetResult;
import dev.chela.harness.session.Sessions;
import java.util.Locale;
import java.util.Optional;

/**
 * {@code /reset [soft] [message]}: like {@code /new}; {@code soft} keeps the transcript and drops
 * only the native thread.
 */
public final class ResetCommand implements PromptCommand {

    private static final String SOFT = "soft";

    private final Sessions sessions;

    public ResetCommand(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public CommandSpec spec() {
        return CommandSpec.of(
                "reset",
                "[soft] [message]",
                "begin anew; soft keeps the transcript",
                Group.SESSION);
    }

    @Override
    public String promptOf(String arguments) {
        return isSoft(arguments) ? arguments.substring(SOFT.length()).strip() : arguments;
    }

    @Override
    public CommandAnswer run(CommandCall call) {
        boolean soft = isSoft(call.arguments());
        ResetResult reset =
                sessions.reset(call.session(), new ResetRequest("reset", call.ticket() - 1, soft));
        String began =
                soft
                        ? "The next turn starts on a fresh thread; the transcript stays."
                        : NewCommand.began(reset);
        String prompt = promptOf(call.arguments());
        return prompt.isEmpty()
                ? CommandAnswer.say(began)
                : new CommandAnswer.Prompt(prompt, Optional.of(began));
    }

    private static boolean isSoft(String arguments) {
        String lower = arguments.toLowerCase(Locale.ROOT);
        return lower.equals(SOFT) || lower.startsWith(SOFT + " ");
    }
}
