package dev.chela.bot.route;

import dev.chela.channels.ChatKind;
import dev.chela.channels.Conversation;
import dev.chela.config.AgentConfig;
import dev.chela.config.ChannelSettings;
import dev.chela.config.ChelaConfig;
import dev.chela.config.Identity;
import dev.chela.config.Live;
import dev.chela.config.MessagesConfig;
import dev.chela.config.StreamingConfig;
import dev.chela.config.TelegramAccount;
import dev.chela.config.TypingMode;
import java.time.Duration;
import java.util.Optional;

/**
 * How the bot behaves in a conversation while it listens and works: what the config says, from the
 * account outwards.
 */
public final class Manners {

    private static final String EYES = "👀";

    private final Live<ChelaConfig> config;
    private final Agents agents;

    public Manners(Live<ChelaConfig> config) {
        this.config = config;
        this.agents =
                new Agents(
                        () -> config.get().agents(),
                        () -> config.get().bindings(),
                        () -> config.get().channels());
    }

    /**
     * When the chat shows that an answer is coming.
     *
     * @param addressed whether the message spoke to us
     */
    TypingMode typing(boolean addressed) {
        ChelaConfig now = config.get();
        return now.session()
                .typingMode()
                .or(now.agents().defaults()::typingMode)
                .orElse(addressed ? TypingMode.INSTANT : TypingMode.MESSAGE);
    }

    /** How often a typing sign is shown again; absent is what suits the platform. */
    public Optional<Duration> typingEvery() {
        return config.get().agents().defaults().typingInterval();
    }

    /** What people see of an answer while it grows. */
    StreamingConfig.Mode preview(Conversation place) {
        return settings(place)
                .flatMap(of -> of.streaming().mode())
                .orElse(
                        place.channel().equals("discord")
                                ? StreamingConfig.Mode.PROGRESS
                                : StreamingConfig.Mode.PARTIAL);
    }

    /** The least time between two edits of a preview; zero is what suits the platform. */
    public Duration previewPause(Conversation place) {
        return settings(place).flatMap(of -> of.streaming().throttle()).orElse(Duration.ZERO);
    }

    /** How long more words of the same person are waited for; zero is not at all. */
    public Duration inboundQuiet(Conversation place) {
        MessagesConfig.Inbound inbound = config.get().messages().inbound();
        return Optional.ofNullable(inbound.byChannel().get(place.channel()))
                .or(inbound::debounce)
                .orElse(Duration.ZERO);
    }

    /** The reaction that says "seen"; absent where none is wanted. */
    Optional<String> ack(Conversation place, boolean addressed) {
        ChelaConfig now = config.get();
        boolean direct = place.kind() == ChatKind.DIRECT;
        boolean wanted =
                switch (now.messages().ackReactionScope()) {
                    case GROUP_MENTIONS -> !direct && addressed;
                    case GROUP_ALL -> !direct;
                    case DIRECT -> direct;
                    case ALL -> true;
                    case OFF -> false;
                };
        return wanted
                ? settings(place)
                        .flatMap(ChannelSettings::ackReaction)
                        .or(now.messages()::ackReaction)
                        .or(() -> emoji(now, place))
                        .or(() -> Optional.of(EYES))
                        .map(String::strip)
                        .filter(emoji -> !emoji.isEmpty())
                : Optional.empty();
    }

    /** Whether the reaction goes when the answer is there. */
    boolean takesAckAway() {
        return config.get().messages().removeAckAfterReply();
    }

    /** What stands before every answer of the agent; empty for nothing. */
    String prefix(Conversation place) {
        return settings(place)
                .flatMap(ChannelSettings::responsePrefix)
                .or(config.get().messages()::responsePrefix)
                .filter(words -> !words.isBlank())
                .map(words -> words + " ")
                .orElse("");
    }

    /** The settings of the account that the conversation is on, with all they inherit. */
    public Optional<ChannelSettings> settings(Conversation place) {
        return switch (place.channel()) {
            case "telegram" ->
                    config.get()
                            .channels()
                            .telegram()
                            .map(all -> all.accounts().get(place.account()))
                            .map(TelegramAccount::settings);
            case "web" -> Optional.of(config.get().channels().web().settings());
            default -> Optional.empty();
        };
    }

    private Optional<String> emoji(ChelaConfig now, Conversation place) {
        String id = agents.ofGroup(place);
        return now.agents().list().stream()
                .filter(agent -> agent.id().equals(id))
                .findFirst()
                .flatMap(AgentConfig::identity)
                .flatMap(Identity::emoji);
    }
}
