package dev.chela.commands.core;

import dev.chela.commands.CommandAnswer;
import dev.chela.commands.CommandCall;
import dev.chela.commands.CommandSpec;
import dev.chela.commands.CommandSpec.Group;
import dev.chela.commands.PromptCommand;
import dev.chela.commands.Sanitised;
import dev.chela.harness.session.ResetRequest;
import dev.chela.harness.session.ResetResult;
import dev.chela.harness.session.Sessions;
import java.util.Optional;

/**
 * {@code /new [model-or-text]}: a fresh session under the same key; text becomes its first turn.
 */
public final class NewCommand implements PromptCommand {

    private static final int MODEL_CHARS_MAX = 80;

    private final Sessions sessions;
    private final ModelMenu models;

    public NewCommand(Sessions sessions, ModelMenu models) {
        this.sessions = sessions;
        this.models = models;
    }

    @Override
    public CommandSpec spec() {
        return CommandSpec.of(
                "new", "[model or first message]", "begin a new session here", Group.SESSION);
    }

    @Override
    public String promptOf(String arguments) {
        return arguments;
    }

    @Override
    public CommandAnswer run(CommandCall call) {
        ResetResult reset =
                sessions.reset(call.session(), new ResetRequest("new", call.ticket() - 1, false));
        String began = began(reset);
        if (call.arguments().isEmpty()) {
            return CommandAnswer.say(began);
        }
        Optional<String> model =
                call.arguments().contains(" ")
                        ? Optional.empty()
                        : models.resolve(call.arguments());
        if (model.isPresent()) {
            sessions.model(call.session(), model);
            return CommandAnswer.say(
                    "%s The model is %s."
                            .formatted(began, Sanitised.code(model.get(), MODEL_CHARS_MAX)));
        }
        return new CommandAnswer.Prompt(call.arguments(), Optional.of(began));
    }

    static String began(ResetResult reset) {
        StringBuilder said = new StringBuilder("A new session has begun.");
        if (reset.interrupted()) {
            said.append(" What was running is being stopped.");
        }
        reset.archivedId()
                .map(SessionsCommand::restoring)
                .ifPresent(back -> said.append(" `%s` goes back.".formatted(back)));
        return said.toString();
    }
}
