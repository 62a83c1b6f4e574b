package dev.chela.commands.codex;

import dev.chela.commands.CommandAnswer;
import dev.chela.commands.CommandCall;
import dev.chela.commands.Replacements;
import dev.chela.commands.Sanitised;
import dev.chela.harness.codex.ClaimTerms;
import dev.chela.harness.codex.Codex;
import dev.chela.harness.session.Binding;
import dev.chela.harness.session.Claim;
import dev.chela.harness.session.SessionView;
import dev.chela.harness.session.Sessions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/** {@code /codex binding}: which thread is talked to here, and who bound it. */
final class BindingVerb implements Subcommand {

    private static final int TEXT_CHARS_MAX = 120;
    private static final String DEFAULT = "default";

    private final Codex codex;
    private final Sessions sessions;
    private final Claiming claiming;

    BindingVerb(Codex codex, Sessions sessions, Claiming claiming) {
        this.codex = codex;
        this.sessions = sessions;
        this.claiming = claiming;
    }

    @Override
    public Syntax syntax() {
        return Syntax.bare("binding", "the thread this conversation talks to");
    }

    @Override
    public CommandAnswer run(CommandCall call, Arguments arguments) {
        Optional<Claim> claim = claiming.of(call);
        Optional<Binding> bound = codex.binding(call.session());
        if (bound.isEmpty() && claim.isEmpty()) {
            return CommandAnswer.say(
                    "No thread yet; the next message begins one. `/codex bind` chooses.");
        }
        Map<String, String> facts = bound.map(Binding::facts).orElse(Map.of());
        Optional<ClaimTerms> terms = claim.filter(Claim::isBound).map(ClaimTerms::of);
        Optional<SessionView> view = sessions.view(call.session());
        StringBuilder lines = new StringBuilder();
        claim.ifPresent(held -> line(lines, "Claim", claimed(held)));
        line(
                lines,
                "Thread",
                bound.map(one -> one.thread().value()).orElse("the next message begins one"));
        line(
                lines,
                "Workspace",
                Optional.ofNullable(facts.get("cwd"))
                        .or(() -> terms.map(bind -> bind.folder().toString()))
                        .orElse(DEFAULT));
        line(
                lines,
                "Model",
                view.flatMap(SessionView::model)
                        .or(() -> Optional.ofNullable(facts.get("model")))
                        .or(() -> terms.flatMap(ClaimTerms::model))
                        .orElse(DEFAULT));
        line(lines, "Fast", codex.isFast(call.session()) ? "on" : "off");
        line(lines, "Permissions", Permissions.of(codex.policy(call.session())));
        line(
                lines,
                "Active turn",
                view.flatMap(SessionView::running)
                        .map(
                                running ->
                                        "%s since %s"
                                                .formatted(
                                                        running.turn(), second(running.begunAt())))
                        .orElse("none"));
        codex.isBusyElsewhere(call.session())
                .ifPresentOrElse(
                        busy -> {
                            if (busy) {
                                line(lines, "Elsewhere", "a turn of another client is running");
                            }
                        },
                        () -> line(lines, "Elsewhere", "unknown; the server does not answer"));
        bound.ifPresent(one -> line(lines, "Thread begun", second(one.createdAt())));
        Replacements.words(facts).ifPresent(words -> line(lines, "Last replacement", words));
        line(lines, "Session", call.session().value());
        return CommandAnswer.say(lines.toString().strip());
    }

    private static String claimed(Claim claim) {
        String since = second(claim.at());
        return claim.isBound()
                ? "bound by %s since %s".formatted(claim.by().askerName(), since)
                : "asked for by %s at %s, waits for its approval"
                        .formatted(claim.by().askerName(), since);
    }

    private static String second(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static void line(StringBuilder lines, String label, String value) {
        lines.append("- ")
                .append(label)
                .append(": ")
                .append(Sanitised.code(value, TEXT_CHARS_MAX))
                .append('\n');
    }
}
