package dev.chela.commands.codex;

import dev.chela.commands.Command;
import dev.chela.commands.CommandAnswer;
import dev.chela.commands.CommandCall;
import dev.chela.commands.CommandSpec;
import dev.chela.commands.CommandSpec.Group;
import dev.chela.commands.PromptCommand;
import dev.chela.commands.Sanitised;
import dev.chela.harness.codex.Codex;
import dev.chela.harness.session.Sessions;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** {@code /codex <verb>}: finds the verb, checks who asks and how it is written, runs it. */
public final class CodexCommand implements PromptCommand {

    private static final int VERB_CHARS_MAX = 40;

    private final List<Subcommand> verbs;
    private final Map<String, Subcommand> byName = new LinkedHashMap<>();

    /**
     * {@code /codex} with all its verbs.
     *
     * @param stop {@code /stop}
     * @param folder where {@code bind} works unless it is told where
     */
    public static CodexCommand of(
            Codex codex,
            Sessions sessions,
            Claiming claiming,
            Command stop,
            Supplier<Path> folder,
            InstantSource clock) {
        return new CodexCommand(
                List.of(
                        new StatusVerb(codex),
                        new ModelsVerb(codex),
                        new ThreadsVerb(codex, clock),
                        new ResumeVerb(codex, sessions),
                        new BindVerb(codex, sessions, claiming, folder),
                        new BindingVerb(codex, sessions, claiming),
                        new DetachVerb(codex, sessions, claiming),
                        new ForgetVerb(claiming),
                        SameAsVerb.stop(stop),
                        new SteerVerb(sessions),
                        new ComputerUseVerb(codex)));
    }

    CodexCommand(List<Subcommand> verbs) {
        this.verbs = List.copyOf(verbs);
        for (Subcommand verb : this.verbs) {
            byName.put(verb.syntax().verb(), verb);
            verb.syntax().aliases().forEach(alias -> byName.put(alias, verb));
        }
    }

    @Override
    public CommandSpec spec() {
        return CommandSpec.of(
                "codex",
                "<verb>",
                "threads, binding and state of Codex; /codex help lists its verbs",
                Group.CODEX);
    }

    /** Only {@code steer} hands words on; whatever else follows a verb is for the verb. */
    @Override
    public String promptOf(String arguments) {
        String[] parts = arguments.strip().split("\\s+", 2);
        return parts.length > 1 && parts[0].equalsIgnoreCase(SteerVerb.NAME)
                ? parts[1].strip()
                : "";
    }

    @Override
    public CommandAnswer run(CommandCall call) {
        String[] parts = call.arguments().split("\\s+", 2);
        String name = parts[0].toLowerCase(Locale.ROOT);
        String rest = parts.length > 1 ? parts[1].strip() : "";
        if (name.isEmpty() || name.equals("help")) {
            return CommandAnswer.say(help());
        }
        Subcommand verb = byName.get(name);
        if (verb == null) {
            return CommandAnswer.say(
                    "`/codex` has no verb %s.\n\n%s"
                            .formatted(Sanitised.code(name, VERB_CHARS_MAX), help()));
        }
        if (verb.syntax().owner() && !call.source().owner()) {
            return CommandAnswer.say(
                    "`/codex %s` reaches beyond this chat and is for the owner of this bot."
                            .formatted(verb.syntax().verb()));
        }
        Optional<Arguments> arguments = Arguments.parse(rest, verb.syntax());
        return arguments.isPresent()
                ? verb.run(call.withArguments(rest), arguments.get())
                : CommandAnswer.say("Usage: `%s`".formatted(verb.syntax().usage()));
    }

    private String help() {
        return verbs.stream()
                .map(Subcommand::syntax)
                .map(
                        syntax ->
                                "- `%s` – %s%s"
                                        .formatted(
                                                syntax.usage(),
                                                syntax.summary(),
                                                syntax.owner() ? " *(owner)*" : ""))
                .collect(Collectors.joining("\n", "", "\n- `/codex help` – this list"));
    }
}
