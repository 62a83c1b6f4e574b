package dev.chela.commands.core;

import dev.chela.commands.CommandAnswer;
import dev.chela.commands.CommandCall;
import dev.chela.commands.CommandException;
import dev.chela.commands.CommandSpec;
import dev.chela.commands.CommandSpec.Group;
import dev.chela.commands.CommandSpec.Kind;
import dev.chela.commands.Directive;
import dev.chela.config.Live;
import dev.chela.config.QueueConfig;
import dev.chela.harness.session.QueueOverride;
import dev.chela.harness.session.QueueSettings;
import dev.chela.harness.session.SessionView;
import dev.chela.harness.session.Sessions;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code /queue}: what a message does while a turn runs, for this session. */
public final class QueueCommand implements Directive {

    private final Sessions sessions;
    private final Live<QueueConfig> config;

    /** The command, for sessions that follow {@code config} where nothing was stored. */
    public QueueCommand(Sessions sessions, Live<QueueConfig> config) {
        this.sessions = sessions;
        this.config = config;
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
        QueueOverride said = words.override().orElse(QueueOverride.none());
        sessions.queue(call.session(), words.reset() ? said : said.over(stored(call)));
        String done = words.reset() && said.isEmpty() ? "Back to what is configured. " : "Stored. ";
        return CommandAnswer.say(done + describe(call));
    }

    private QueueOverride stored(CommandCall call) {
        return sessions.view(call.session())
                .map(SessionView::storedQueue)
                .orElse(QueueOverride.none());
    }

    private String describe(CommandCall call) {
        QueueSettings settings =
                QueueSettings.of(config.get(), call.source(), stored(call), QueueOverride.none());
        QueueSettings.From from = settings.from();
        return "Queue mode `%s` (%s), debounce %d ms (%s), cap %d (%s), drop `%s` (%s)."
                .formatted(
                        settings.mode().name().toLowerCase(Locale.ROOT),
                        place(from.mode()),
                        settings.debounce().toMillis(),
                        place(from.debounce()),
                        settings.cap(),
                        place(from.cap()),
                        settings.drop().name().toLowerCase(Locale.ROOT),
                        place(from.drop()));
    }

    private static String place(QueueSettings.Place place) {
        return switch (place) {
            case MESSAGE -> "this message";
            case SESSION -> "set here";
            case CHANNEL -> "the channel's";
            case CONFIG -> "configured";
            case BEAT -> "for what nobody said";
        };
    }
}
