package dev.chela.commands.codex;

import dev.chela.commands.CommandAnswer;
import dev.chela.commands.CommandCall;
import dev.chela.commands.CommandException;
import dev.chela.commands.Sanitised;
import dev.chela.harness.ThreadId;
import dev.chela.harness.codex.BindWish;
import dev.chela.harness.codex.Codex;
import dev.chela.harness.codex.Policy;
import dev.chela.harness.session.Sessions;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * {@code /codex bind}: this conversation talks straight to a thread, a new one in a folder of its
 * choice or one that there is (commands §2.5).
 */
final class BindVerb implements Subcommand {

    private static final String CWD = "--cwd";
    private static final String MODEL = "--model";
    private static final String PROVIDER = "--provider";
    private static final int TEXT_CHARS_MAX = 200;

    private final Codex codex;
    private final Sessions sessions;
    private final Claiming claiming;
    private final Supplier<Path> usualFolder;

    BindVerb(Codex codex, Sessions sessions, Claiming claiming, Supplier<Path> usualFolder) {
        this.codex = codex;
        this.sessions = sessions;
        this.claiming = claiming;
        this.usualFolder = usualFolder;
    }

    @Override
    public Syntax syntax() {
        return Syntax.bare("bind", "let this conversation talk straight to a thread")
                .words("[thread-id] [--cwd <path>] [--model <model>] [--provider <provider>]", 0, 1)
                .options(CWD, MODEL, PROVIDER)
                .alsoSpelled(PROVIDER, "--model-provider")
                .forOwners();
    }

    @Override
    public CommandAnswer run(CommandCall call, Arguments arguments) {
        ResumeVerb.refuseWhileRunning(sessions, call);
        refuseIfAskingIsTheOnlyGuard(codex.configuredPolicy(call.session()));
        Optional<ThreadId> thread = arguments.word(0).map(ThreadId::new);
        Optional<Path> folder =
                arguments
                        .option(CWD)
                        .map(typed -> checked(typed, "`--cwd` names", "Name another one."))
                        .or(() -> thread.isPresent() ? Optional.empty() : Optional.of(usual()));
        return CommandAnswer.say(
                claiming.bind(
                        call,
                        new BindWish(
                                thread,
                                folder,
                                arguments.option(MODEL),
                                arguments.option(PROVIDER))));
    }

    private Path usual() {
        Path folder = usualFolder.get();
        return checked(
                folder.toString(),
                "a new thread would work in",
                "Name one with `--cwd`, or set"
                        + " `plugins.entries.codex.config.appServer.defaultWorkspaceDir`.");
    }

    /**
     * In a bound conversation nobody is asked. Where Codex asks to leave its sandbox that only
     * means that more fails; where it asks before each command, or with full access, asking is the
     * guard.
     */
    private static void refuseIfAskingIsTheOnlyGuard(Policy policy) {
        if (policy.restsOnAsking()) {
            throw new CommandException(
                    """
                    Not bound: a bound conversation asks nobody while it works, but with \
                    `plugins.entries.codex.config.appServer.approvalPolicy` `%s` and `sandbox` \
                    `%s` asking people is the only guard. Set `approvalPolicy: "on-request"` with \
                    `sandbox: "workspace-write"` there, or `approvalsReviewer: "auto_review"`, or \
                    `approvalPolicy: "never"`; then bind again.\
                    """
                            .formatted(
                                    policy.approval().value(),
                                    policy.sandbox()
                                            .name()
                                            .toLowerCase(Locale.ROOT)
                                            .replace('_', '-')));
        }
    }

    private static Path checked(String typed, String what, String nextStep) {
        Path folder = path(typed, what);
        String shown = Sanitised.code(typed, TEXT_CHARS_MAX);
        if (!folder.isAbsolute()) {
            throw new CommandException(
                    "Not bound: %s %s, which is not an absolute path.".formatted(what, shown));
        }
        if (!Files.exists(folder)) {
            throw new CommandException(
                    "Not bound: %s %s, which does not exist on this machine. %s"
                            .formatted(what, shown, nextStep));
        }
        if (!Files.isDirectory(folder)) {
            throw new CommandException(
                    "Not bound: %s %s, which is a file and no folder. %s"
                            .formatted(what, shown, nextStep));
        }
        return folder.normalize();
    }

    private static Path path(String typed, String what) {
        try {
            return Path.of(expanded(typed));
        } catch (InvalidPathException notAPath) {
            throw new CommandException(
                    "Not bound: %s %s, which is no path."
                            .formatted(what, Sanitised.code(typed, TEXT_CHARS_MAX)));
        }
    }

    private static String expanded(String typed) {
        boolean home = typed.equals("~") || typed.startsWith("~/");
        return home ? System.getProperty("user.home") + typed.substring(1) : typed;
    }
}
