package dev.chela.commands.core;

import dev.chela.commands.Command;
import dev.chela.commands.CommandAnswer;
import dev.chela.commands.CommandCall;
import dev.chela.commands.CommandSpec;
import dev.chela.commands.CommandSpec.Group;
import dev.chela.commands.CommandSpec.Kind;
import dev.chela.commands.Replacements;
import dev.chela.commands.Sanitised;
import dev.chela.harness.session.QueueSettings;
import dev.chela.harness.session.SessionView;
import dev.chela.harness.session.Sessions;
import dev.chela.harness.session.Usage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** {@code /status}: the bot, this session and what a message would meet now, from snapshots. */
public final class StatusCommand implements Command {

    private static final int TEXT_CHARS_MAX = 120;

    /**
     * What only the process knows.
     *
     * @param runtime who runs turns, or why nobody does
     * @param replies how answers become visible here
     * @param posture what the agent may do without asking
     * @param channels one line about each channel
     * @param warnings how many things of the config an operator should look at
     */
    public record Process(
            String version,
            Duration uptime,
            String runtime,
            String replies,
            String posture,
            String channels,
            int warnings) {}

    private final Sessions sessions;
    private final ModelMenu models;
    private final Supplier<Process> process;
    private final InstantSource clock;

    public StatusCommand(
            Sessions sessions, ModelMenu models, Supplier<Process> process, InstantSource clock) {
        this.sessions = sessions;
        this.models = models;
        this.process = process;
        this.clock = clock;
    }

    @Override
    public CommandSpec spec() {
        return CommandSpec.of(
                        "status", "", "the bot and this session at a glance", Group.INFORMATION)
                .as(Kind.INLINE);
    }

    @Override
    public CommandAnswer run(CommandCall call) {
        Process now = process.get();
        Optional<SessionView> view = sessions.view(call.session());
        StringBuilder lines = new StringBuilder();
        line(lines, "Chela", "%s, up %s".formatted(now.version(), words(now.uptime())));
        line(lines, "Runtime", now.runtime());
        line(lines, "Model", model(view));
        line(lines, "Session", session(call, view));
        view.flatMap(SessionView::thread)
                .ifPresent(
                        thread ->
                                line(
                                        lines,
                                        "Thread",
                                        Sanitised.code(thread.value(), TEXT_CHARS_MAX)));
        view.flatMap(known -> Replacements.words(known.threadFacts()))
                .ifPresent(
                        words ->
                                line(
                                        lines,
                                        "Thread replaced",
                                        Sanitised.code(words, TEXT_CHARS_MAX)));
        view.map(SessionView::usage)
                .filter(usage -> !usage.equals(Usage.none()))
                .ifPresent(usage -> line(lines, "Context", UsageWords.of(usage)));
        line(lines, "Turn", turn(view));
        view.map(SessionView::queue).ifPresent(queue -> line(lines, "Queue", queue(queue)));
        line(lines, "Replies", now.replies());
        line(lines, "Execution", now.posture());
        line(lines, "Channels", now.channels());
        if (now.warnings() > 0) {
            line(
                    lines,
                    "Config",
                    "%d warning%s; `chela config validate` tells %s"
                            .formatted(
                                    now.warnings(),
                                    now.warnings() == 1 ? "" : "s",
                                    now.warnings() == 1 ? "it" : "them"));
        }
        return CommandAnswer.say(lines.toString().strip());
    }

    private String model(Optional<SessionView> view) {
        return view.flatMap(SessionView::model)
                .map(
                        pinned ->
                                Sanitised.code(pinned, TEXT_CHARS_MAX)
                                        + ", pinned here; `/model default` goes back")
                .orElseGet(() -> Sanitised.code(models.configured(), TEXT_CHARS_MAX));
    }

    private String session(CommandCall call, Optional<SessionView> view) {
        String key = Sanitised.code(call.session().value(), TEXT_CHARS_MAX);
        return view.map(known -> "%s, begun %s ago".formatted(key, words(since(known.startedAt()))))
                .orElse(key + ", not begun yet");
    }

    private String turn(Optional<SessionView> view) {
        String waiting =
                view.map(SessionView::queued)
                        .filter(count -> count > 0)
                        .map(", %d waiting"::formatted)
                        .orElse("");
        return view.flatMap(SessionView::running)
                        .map(running -> "running for " + words(since(running.begunAt())))
                        .orElse("none running")
                + waiting;
    }

    private static String queue(QueueSettings queue) {
        return "`%s`, debounce %d ms, cap %d, drop `%s`"
                .formatted(
                        queue.mode().name().toLowerCase(Locale.ROOT),
                        queue.debounce().toMillis(),
                        queue.cap(),
                        queue.drop().name().toLowerCase(Locale.ROOT));
    }

    private Duration since(Instant then) {
        return Duration.between(then, clock.instant());
    }

    private static String words(Duration time) {
        if (time.toDays() > 0) {
            return "%d d %d h".formatted(time.toDays(), time.toHoursPart());
        }
        if (time.toHours() > 0) {
            return "%d h %d min".formatted(time.toHours(), time.toMinutesPart());
        }
        return time.toMinutes() > 0
                ? "%d min".formatted(time.toMinutes())
                : "%d s".formatted(Math.max(0, time.toSeconds()));
    }

    private static void line(StringBuilder lines, String label, String value) {
        lines.append("- **").append(label).append(":** ").append(value).append('\n');
    }
}
