package dev.chela.commands.core;

import dev.chela.commands.CommandAnswer;
import dev.chela.commands.CommandCall;
import dev.chela.commands.CommandException;
import dev.chela.commands.CommandSpec;
import dev.chela.commands.CommandSpec.Group;
import dev.chela.commands.CommandSpec.Kind;
import dev.chela.commands.Directive;
import dev.chela.harness.session.QueueOverride;
import dev.chela.harness.session.QueueSettings;
import dev.chela.harness.session.SessionView;
import dev.chela.harness.session.Sessions;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** {@code /queue}: what a message does while a turn runs, for this session. */
public final class QueueCommand implements Directive {

    private final Sessions sessions;
    private final Supplier<QueueSettings> fallback;

    /**
     * The command.
     *
     * @param fallback what holds for a session that nobody spoke in yet
     */
    public QueueCommand(Sessions sessions, Supplier<QueueSettings> fallback) {
        this.sessions = sessions;
        this.fallback = fallback;
    }

    /** Reads the arguments as an override; empty if they are none. */
    public static Optional<QueueOverride> read(String arguments) {
        return QueueWords.parse(arguments).override();
    }

    @Override
    public CommandSpec spec() {
        return CommandSpec.of(
                        "queue",
                        "[steer|followup|collect|interrupt|default] [debounce:2s] [cap:20]"
                                + " [drop:old|new|summarize]",
                        "what a message does while the agent works",
                        Group.SESSION)
                .as(Kind.DIRECTIVE);
    }

    @Override
    public int takes(List<String> following) {
        int count = 0;
        while (count < following.size() && QueueWords.belongs(following.get(count), count == 0)) {
            count++;
        }
        return count;
    }

    @Override
    public CommandAnswer run(CommandCall call) {
        if (call.arguments().isEmpty()) {
            return CommandAnswer.say(describe(call));
        }
        QueueWords words = QueueWords.parse(call.arguments());
        if (words.problem().isPresent()) {
            throw new CommandException(words.problem().get());
        }
        QueueOverride override = words.override().orElse(QueueOverride.none());
        sessions.queue(call.session(), override);
        return CommandAnswer.say("Stored. " + describe(call));
    }

    private String describe(CommandCall call) {
        QueueSettings settings =
                sessions.view(call.session()).map(SessionView::queue).orElseGet(fallback);
        return "Queue mode `%s` (%s), debounce %d ms, cap %d, drop `%s`."
                .formatted(
                        settings.mode().name().toLowerCase(Locale.ROOT),
                        place(settings.modeFrom()),
                        settings.debounce().toMillis(),
                        settings.cap(),
                        settings.drop().name().toLowerCase(Locale.ROOT));
    }

    private static String place(QueueSettings.Place place) {
        return switch (place) {
            case MESSAGE -> "this message";
            case SESSION -> "set here";
            case CHANNEL -> "the channel's";
            case CONFIG -> "the configured one";
            case BEAT -> "for what nobody said";
        };
    }
}
