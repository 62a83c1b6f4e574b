package dev.chela.harness.session;

import dev.chela.config.QueueConfig;
import dev.chela.config.QueueMode;
import dev.chela.harness.Source;
import java.time.Duration;
import java.util.Optional;

/**
 * What happens to one message while a turn runs, and where that was decided (sessions-and-routing
 * §7).
 *
 * @param debounce how long it must be quiet before waiting messages are steered or collected
 * @param cap how many messages wait at most
 */
public record QueueSettings(
        QueueMode mode, Duration debounce, int cap, QueueConfig.Drop drop, From from) {

    /** Where each of them was decided. */
    public record From(Place mode, Place debounce, Place cap, Place drop) {}

    /** Where something was decided, narrowest first. */
    public enum Place {
        MESSAGE,
        SESSION,
        CHANNEL,
        CONFIG,
        BEAT
    }

    /**
     * The settings of a message: inline wins over stored, stored over the channel's, that over the
     * general. What nobody said to a bot (a beat, a job) waits its turn unless told otherwise: it
     * must not cut into what a person asked.
     */
    public static QueueSettings of(
            QueueConfig config, Source source, QueueOverride stored, QueueOverride inline) {
        String channel = source.channel();
        Duration debounce =
                inline.debounce()
                        .or(stored::debounce)
                        .or(() -> Optional.ofNullable(config.debounceByChannel().get(channel)))
                        .orElse(config.debounce());
        int cap = inline.cap().or(stored::cap).orElse(config.cap());
        QueueConfig.Drop drop = inline.drop().or(stored::drop).orElse(config.drop());
        Place modeFrom = modeFrom(config, source, stored, inline);
        QueueMode mode =
                switch (modeFrom) {
                    case MESSAGE -> inline.mode().orElseThrow();
                    case SESSION -> stored.mode().orElseThrow();
                    case CHANNEL -> config.byChannel().getOrDefault(channel, config.mode());
                    case CONFIG -> config.mode();
                    case BEAT -> QueueMode.FOLLOWUP;
                };
        From from =
                new From(
                        modeFrom,
                        from(
                                inline.debounce(),
                                stored.debounce(),
                                config.debounceByChannel().containsKey(channel)),
                        from(inline.cap(), stored.cap(), false),
                        from(inline.drop(), stored.drop(), false));
        return new QueueSettings(mode, debounce, cap, drop, from);
    }

    private static Place from(Optional<?> inline, Optional<?> stored, boolean channel) {
        if (inline.isPresent()) {
            return Place.MESSAGE;
        }
        if (stored.isPresent()) {
            return Place.SESSION;
        }
        return channel ? Place.CHANNEL : Place.CONFIG;
    }

    private static Place modeFrom(
            QueueConfig config, Source source, QueueOverride stored, QueueOverride inline) {
        if (inline.mode().isPresent()) {
            return Place.MESSAGE;
        }
        if (source.kind() == Source.Kind.INTERNAL && !source.channel().equals("web")) {
            return Place.BEAT;
        }
        if (stored.mode().isPresent()) {
            return Place.SESSION;
        }
        return config.byChannel().containsKey(source.channel()) ? Place.CHANNEL : Place.CONFIG;
    }
}
