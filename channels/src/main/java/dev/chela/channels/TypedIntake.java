package dev.chela.channels;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What somebody types or presses in this process, as events of a channel that has no platform
 * behind it. Safe for use by several threads.
 */
public final class TypedIntake {

    private final String channel;
    private final String account;
    private final InstantSource clock;
    private volatile @Nullable Intake intake;

    public TypedIntake(String channel, String account, InstantSource clock) {
        this.channel = channel;
        this.account = account;
        this.clock = clock;
    }

    /** From now on what is typed goes there. */
    public void open(Intake into) {
        intake = into;
    }

    public void close() {
        intake = null;
    }

    public ChannelHealth health() {
        return new ChannelHealth(intake != null, Optional.of(clock.instant()), Optional.empty());
    }

    /** A message that is said by {@link #accept}. */
    public InboundMessage message(Conversation where, Sender who, String text) {
        EventId id = fresh();
        return new InboundMessage(
                id,
                where,
                who,
                clock.instant(),
                id.value(),
                text,
                true,
                false,
                Optional.empty(),
                List.of());
    }

    /** A press of a button under {@code messageId}, told by {@link #accept}. */
    public ButtonPress press(Conversation where, Sender who, String messageId, String data) {
        return new ButtonPress(fresh(), where, who, clock.instant(), messageId, data);
    }

    /**
     * Hands the event over; on return it is stored.
     *
     * @throws ChannelException if nobody listens yet
     */
    public void accept(ChannelEvent event) {
        Intake into = intake;
        if (into == null) {
            throw new ChannelException("the bot is not listening yet", null);
        }
        into.accept(List.of(event), Optional.empty());
    }

    private EventId fresh() {
        return new EventId(channel, account, UUID.randomUUID().toString());
    }
}
