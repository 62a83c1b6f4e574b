package dev.chela.commands.codex;

import dev.chela.commands.CommandAnswer;
import dev.chela.commands.CommandCall;
import dev.chela.commands.CommandException;
import dev.chela.commands.Sanitised;
import dev.chela.harness.ThreadId;
import dev.chela.harness.codex.Codex;
import dev.chela.harness.session.Binding;
import dev.chela.harness.session.Sessions;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * {@code /codex bind}: this conversation talks to a thread of its own choice of folder and model,
 * or to one that there is.
 */
final class BindVerb implements Subcommand {

    private static final int TEXT_CHARS_MAX = 120;

    private final Codex codex;
    private final Sessions sessions;
    private final Supplier<Path> defaultFolder;

    BindVerb(Codex codex, Sessions sessions, Supplier<Path> defaultFolder) {
        this.codex = codex;
        this.sessions = sessions;
        this.defaultFolder = defaultFolder;
    }

    @Override
    public Syntax syntax() {
        return Syntax.bare("bind", "let this conversation talk straight to a thread")
                .words("[thread-id] [--cwd <path>] [--model <model>]", 0, 1)
                .options("--cwd", "--model")
                .forOwners();
    }

    @Override
    public CommandAnswer run(CommandCall call, Arguments arguments) {
        ResumeVerb.refuseWhileRunning(sessions, call);
        Optional<String> thread = arguments.word(0);
        Path folder = folder(arguments);
        Binding binding =
                Troubles.told(
                        "Nothing was bound and the binding is as it was",
                        () ->
                                thread.isPresent()
                                        ? codex.resume(call.session(), new ThreadId(thread.get()))
                                        : codex.bind(
                                                call.session(),
                                                folder,
                                                arguments.option("--model")));
        arguments.option("--model").ifPresent(m -> sessions.model(call.session(), Optional.of(m)));
        String where = binding.facts().getOrDefault("cwd", folder.toString());
        return CommandAnswer.say(
                "Bound to thread %s in %s. `/codex detach` ends it."
                        .formatted(
                                Sanitised.code(binding.thread().value(), TEXT_CHARS_MAX),
                                Sanitised.code(where, TEXT_CHARS_MAX)));
    }

    private Path folder(Arguments arguments) {
        Optional<String> wish = arguments.option("--cwd");
        if (wish.isEmpty()) {
            return defaultFolder.get();
        }
        try {
            Path folder = Path.of(wish.get());
            if (folder.isAbsolute() && Files.isDirectory(folder)) {
                return folder;
            }
        } catch (InvalidPathException notAPath) {
            // answered below, as a folder that is not there
        }
        throw new CommandException(
                "%s is no folder on this machine; `--cwd` wants an absolute path."
                        .formatted(Sanitised.code(wish.get(), TEXT_CHARS_MAX)));
    }
}
