package dev.chela.commands.codex;

import dev.chela.commands.CommandAnswer;
import dev.chela.commands.CommandCall;
import dev.chela.commands.Replacements;
import dev.chela.commands.Sanitised;
import dev.chela.harness.codex.Codex;
import dev.chela.harness.session.Binding;
import dev.chela.harness.session.SessionView;
import dev.chela.harness.session.Sessions;
import java.util.Optional;

/** {@code /codex binding}: what this session is bound to. */
final class BindingVerb implements Subcommand {

    private static final int TEXT_CHARS_MAX = 120;

    private final Codex codex;
    private final Sessions sessions;

    BindingVerb(Codex codex, Sessions sessions) {
        this.codex = codex;
        this.sessions = sessions;
    }

    @Override
    public Syntax syntax() {
        return Syntax.bare("binding", "the thread this conversation talks to");
    }

    @Override
    public CommandAnswer run(CommandCall call, Arguments arguments) {
        Optional<Binding> bound = codex.binding(call.session());
        if (bound.isEmpty()) {
            return CommandAnswer.say(
                    "No thread yet; the next message begins one. `/codex bind` chooses.");
        }
        Binding binding = bound.get();
        Optional<SessionView> view = sessions.view(call.session());
        StringBuilder lines = new StringBuilder();
        line(lines, "Thread", binding.thread().value());
        line(lines, "Workspace", fact(binding, "cwd"));
        line(lines, "Model", view.flatMap(SessionView::model).orElse(fact(binding, "model")));
        line(lines, "Approvals", fact(binding, "approvalPolicy"));
        line(lines, "Sandbox", fact(binding, "sandbox"));
        line(
                lines,
                "Turn",
                view.flatMap(SessionView::running)
                        .map(running -> "running since " + running.begunAt())
                        .orElse("none"));
        codex.isBusyElsewhere(call.session())
                .ifPresentOrElse(
                        busy -> {
                            if (busy) {
                                line(lines, "Elsewhere", "a turn of another client is running");
                            }
                        },
                        () -> line(lines, "Elsewhere", "unknown; the server does not answer"));
        line(lines, "Thread begun", binding.createdAt().toString());
        Replacements.words(binding.facts())
                .ifPresent(words -> line(lines, "Last replacement", words));
        line(lines, "Session", call.session().value());
        return CommandAnswer.say(lines.toString().strip());
    }

    private static String fact(Binding binding, String name) {
        return binding.facts().getOrDefault(name, "default");
    }

    private static void line(StringBuilder lines, String label, String value) {
        lines.append("- ")
                .append(label)
                .append(": ")
                .append(Sanitised.code(value, TEXT_CHARS_MAX))
                .append('\n');
    }
}
