package dev.chela.commands.codex;

import dev.chela.commands.CommandAnswer;
import dev.chela.commands.CommandCall;
import dev.chela.commands.Sanitised;
import dev.chela.harness.codex.Codex;
import java.util.stream.Collectors;

/** {@code /codex models}: the catalogue of the app-server; no proof that one of them works. */
final class ModelsVerb implements Subcommand {

    private static final int NAME_CHARS_MAX = 60;
    private static final int MODELS_MAX = 100;

    private final Codex codex;

    ModelsVerb(Codex codex) {
        this.codex = codex;
    }

    @Override
    public Syntax syntax() {
        return Syntax.bare("models", "the models Codex knows");
    }

    @Override
    public CommandAnswer run(CommandCall call, Arguments arguments) {
        var models =
                Troubles.told("The models could not be listed", () -> codex.models(Agent.of(call)));
        String note = models.size() > MODELS_MAX ? "\n… and more" : "";
        return CommandAnswer.say(
                models.stream()
                                .limit(MODELS_MAX)
                                .map(
                                        model ->
                                                "- %s%s"
                                                        .formatted(
                                                                Sanitised.code(
                                                                        model.id(), NAME_CHARS_MAX),
                                                                model.isDefault()
                                                                        ? " (default)"
                                                                        : ""))
                                .collect(Collectors.joining("\n"))
                        + note);
    }
}
