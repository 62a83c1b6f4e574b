package dev.chela.commands.core;

import dev.chela.commands.CommandAnswer;
import dev.chela.commands.CommandCall;
import dev.chela.commands.CommandException;
import dev.chela.commands.CommandSpec;
import dev.chela.commands.CommandSpec.Group;
import dev.chela.commands.CommandSpec.Kind;
import dev.chela.commands.Directive;
import dev.chela.commands.Sanitised;
import dev.chela.harness.session.SessionView;
import dev.chela.harness.session.Sessions;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code /model}: shows, lists and switches the session's model; the thread is kept. */
public final class ModelCommand implements Directive {

    private static final int NAME_CHARS_MAX = 80;

    private final Sessions sessions;
    private final ModelMenu models;

    public ModelCommand(Sessions sessions, ModelMenu models) {
        this.sessions = sessions;
        this.models = models;
    }

    @Override
    public CommandSpec spec() {
        return CommandSpec.of(
                        "model",
                        "[name|number|list|status|default]",
                        "which model answers here",
                        Group.SESSION)
                .as(Kind.DIRECTIVE);
    }

    @Override
    public int takes(List<String> following) {
        return Math.min(1, following.size());
    }

    /** The model that a message means with these arguments, if there is one. */
    public Optional<String> meant(String arguments) {
        return models.resolve(arguments)
                .or(
                        () ->
                                !isNumber(arguments) && models.acceptsUnknown()
                                        ? Optional.of(arguments)
                                        : Optional.empty());
    }

    @Override
    public CommandAnswer run(CommandCall call) {
        String wish = call.arguments();
        return switch (wish.toLowerCase(Locale.ROOT)) {
            case "", "list" -> CommandAnswer.say(list(call));
            case "status" -> CommandAnswer.say(status(call));
            case "default" -> {
                sessions.model(call.session(), Optional.empty());
                yield CommandAnswer.say("Back to the configured model. " + status(call));
            }
            default -> CommandAnswer.say(change(call, wish));
        };
    }

    private String change(CommandCall call, String wish) {
        Optional<String> known = models.resolve(wish);
        if (known.isEmpty() && isNumber(wish)) {
            throw new CommandException(
                    "The list has no number %s. `/model list` shows it; nothing was changed."
                            .formatted(Sanitised.code(wish, NAME_CHARS_MAX)));
        }
        if (known.isEmpty() && !models.acceptsUnknown()) {
            throw new CommandException(
                    "No model is called %s. `/model list` shows them; nothing was changed."
                            .formatted(Sanitised.code(wish, NAME_CHARS_MAX)));
        }
        String model = known.orElse(wish);
        sessions.model(call.session(), Optional.of(model));
        String warning =
                known.isPresent()
                        ? ""
                        : " It is not in Codex's catalogue; your provider has to know it.";
        return "From the next turn on %s answers here.%s"
                .formatted(Sanitised.code(model, NAME_CHARS_MAX), warning);
    }

    private static boolean isNumber(String wish) {
        return wish.matches("\\d+");
    }

    private String status(CommandCall call) {
        Optional<String> pinned = sessions.view(call.session()).flatMap(SessionView::model);
        return pinned.map(
                        model ->
                                "Model: %s, set here; `/model default` goes back to %s."
                                        .formatted(
                                                Sanitised.code(model, NAME_CHARS_MAX),
                                                Sanitised.code(
                                                        models.configured(), NAME_CHARS_MAX)))
                .orElseGet(
                        () ->
                                "Model: %s, the configured one."
                                        .formatted(
                                                Sanitised.code(
                                                        models.configured(), NAME_CHARS_MAX)));
    }

    private String list(CommandCall call) {
        StringBuilder lines = new StringBuilder(status(call)).append("\n\n");
        List<ModelMenu.Entry> entries = models.entries();
        if (entries.isEmpty()) {
            return lines.append("The list of models cannot be read now: Codex does not answer.")
                    .toString();
        }
        for (int at = 0; at < entries.size(); at++) {
            ModelMenu.Entry entry = entries.get(at);
            lines.append(
                    "%d. %s%s\n"
                            .formatted(
                                    at + 1,
                                    Sanitised.code(entry.id(), NAME_CHARS_MAX),
                                    entry.isDefault() ? " – Codex's default" : ""));
        }
        return lines.append("\n`/model <number or name>` switches.").toString();
    }
}
