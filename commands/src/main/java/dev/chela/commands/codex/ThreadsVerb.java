package dev.chela.commands.codex;

import dev.chela.commands.CommandAnswer;
import dev.chela.commands.CommandCall;
import dev.chela.commands.Sanitised;
import dev.chela.harness.appserver.protocol.CodexThread;
import dev.chela.harness.codex.Codex;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code /codex threads [filter]}: the newest threads with the command that resumes each. */
final class ThreadsVerb implements Subcommand {

    private static final int THREADS_MAX = 10;
    private static final int TITLE_CHARS_MAX = 80;

    private final Codex codex;
    private final InstantSource clock;

    ThreadsVerb(Codex codex, InstantSource clock) {
        this.codex = codex;
        this.clock = clock;
    }

    @Override
    public Syntax syntax() {
        return Syntax.bare("threads", "the newest threads")
                .words("[filter]", 0, Integer.MAX_VALUE)
                .forOwners();
    }

    @Override
    public CommandAnswer run(CommandCall call, Arguments arguments) {
        List<CodexThread> threads =
                Troubles.told(
                        "The threads could not be listed",
                        () ->
                                codex.threads(
                                        Agent.of(call),
                                        String.join(" ", arguments.words()),
                                        THREADS_MAX));
        if (threads.isEmpty()) {
            return CommandAnswer.say(
                    arguments.words().isEmpty()
                            ? "No threads. One is listed after its first turn."
                            : "No threads fit that. `/codex threads` lists the newest ones.");
        }
        return CommandAnswer.say(
                threads.stream().map(this::entry).collect(Collectors.joining("\n")));
    }

    private String entry(CodexThread thread) {
        String title = thread.name() != null ? thread.name() : thread.preview();
        String facts =
                Stream.of(thread.model(), thread.cwd(), age(thread))
                        .filter(Objects::nonNull)
                        .map(fact -> Sanitised.line(fact, TITLE_CHARS_MAX))
                        .collect(Collectors.joining(", "));
        return "- **%s** (%s)\n  %s"
                .formatted(
                        title.isBlank() ? "untitled" : Sanitised.line(title, TITLE_CHARS_MAX),
                        facts,
                        Sanitised.resumeCommand(thread.id().value()));
    }

    private String age(CodexThread thread) {
        Duration age = Duration.between(Instant.ofEpochSecond(thread.updatedAt()), clock.instant());
        if (age.toDays() > 0) {
            return age.toDays() + " d ago";
        }
        if (age.toHours() > 0) {
            return age.toHours() + " h ago";
        }
        return age.toMinutes() > 0 ? age.toMinutes() + " min ago" : "just now";
    }
}
