package dev.chela.bot;

import dev.chela.channels.Channel;
import dev.chela.channels.Conversation;
import dev.chela.channels.Intake;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The channels of this bot by name and account. */
public final class ChannelSet implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ChannelSet.class);

    private final List<Channel> channels = new CopyOnWriteArrayList<>();

    void add(Channel channel) {
        channels.add(channel);
    }

    /** The channel of a conversation; empty if it is not configured. */
    public Optional<Channel> of(Conversation place) {
        return channels.stream()
                .filter(one -> one.id().equals(place.channel()))
                .filter(one -> one.account().equals(place.account()))
                .findFirst();
    }

    public List<Channel> all() {
        return List.copyOf(channels);
    }

    /** Lets every channel listen; one that cannot says so in its health and holds up no other. */
    void start(Intake intake) {
        channels.forEach(channel -> channel.start(intake));
    }

    /** Whether every channel hears its platform. */
    public boolean isListening() {
        return channels.stream().allMatch(channel -> channel.health().listening());
    }

    @Override
    public void close() {
        for (Channel channel : channels) {
            channel.close();
            LOG.debug("channel={} account={} closed", channel.id(), channel.account());
        }
    }
}
