package dev.chela.bot.route;

import dev.chela.channels.ChatKind;
import dev.chela.channels.Conversation;
import dev.chela.channels.Sender;
import dev.chela.config.AgentsConfig;
import dev.chela.config.BindingConfig;
import dev.chela.config.BindingConfig.Match;
import dev.chela.config.BindingConfig.Peer;
import dev.chela.config.BindingConfig.PeerKind;
import dev.chela.config.ChannelsConfig;
import dev.chela.config.Live;
import dev.chela.config.TelegramAccount;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which agent answers a conversation: the most specific binding, else the default agent
 * (sessions-and-routing §2). Discord's guilds and roles and Slack's teams are unknown here; a
 * binding that names them fits nothing yet.
 */
public final class Agents {

    private static final String ANY = "*";

    private final Live<AgentsConfig> agents;
    private final Live<List<BindingConfig>> bindings;
    private final Live<ChannelsConfig> channels;

    public Agents(
            Live<AgentsConfig> agents,
            Live<List<BindingConfig>> bindings,
            Live<ChannelsConfig> channels) {
        this.agents = agents;
        this.bindings = bindings;
        this.channels = channels;
    }

    /** The id of the agent that answers everybody in this group. */
    public String ofGroup(Conversation place) {
        return of(place, new Sender("", "", Optional.empty(), false));
    }

    /** The id of the agent that answers {@code sender} here. */
    public String of(Conversation place, Sender sender) {
        return ofTopic(place).orElseGet(() -> bound(place, sender));
    }

    /** A topic may name its agent itself; that goes before every binding. */
    private Optional<String> ofTopic(Conversation place) {
        if (!place.channel().equals("telegram") || place.thread().isEmpty()) {
            return Optional.empty();
        }
        return channels.get()
                .telegram()
                .map(telegram -> telegram.accounts().get(place.account()))
                .map(account -> account.groups().get(place.peer()))
                .map(group -> group.topics().get(place.thread().get()))
                .flatMap(TelegramAccount.Topic::agentId);
    }

    private String bound(Conversation place, Sender sender) {
        return bindings.get().stream()
                .filter(binding -> fits(binding.match(), place, sender))
                .max(Comparator.comparingInt(binding -> weight(binding.match())))
                .map(BindingConfig::agentId)
                .orElseGet(() -> agents.get().defaultAgent().id());
    }

    private static boolean fits(Match match, Conversation place, Sender sender) {
        return match.channel().equals(place.channel())
                && match.guildId().isEmpty()
                && match.teamId().isEmpty()
                && match.accountId().stream()
                        .allMatch(id -> id.equals(ANY) || id.equals(place.account()))
                && match.peer().stream().allMatch(peer -> isPeer(peer, place, sender))
                && match.parentPeer().stream().allMatch(peer -> isParent(peer, place, sender));
    }

    private static boolean isPeer(Peer peer, Conversation place, Sender sender) {
        return kind(place.kind()) == peer.kind()
                && (peer.id().equals(place.peer())
                        || (place.kind() == ChatKind.DIRECT && peer.id().equals(sender.id())));
    }

    private static boolean isParent(Peer peer, Conversation place, Sender sender) {
        return place.thread().isPresent() && isPeer(peer, place, sender);
    }

    private static PeerKind kind(ChatKind kind) {
        return switch (kind) {
            case DIRECT -> PeerKind.DIRECT;
            case GROUP -> PeerKind.GROUP;
            case CHANNEL -> PeerKind.CHANNEL;
        };
    }

    /** Peer before parent peer before account before channel. */
    private static int weight(Match match) {
        Optional<String> account = match.accountId().filter(id -> !id.equals(ANY));
        return (match.peer().isPresent() ? 8 : 0)
                + (match.parentPeer().isPresent() ? 4 : 0)
                + (account.isPresent() ? 2 : 0);
    }
}
