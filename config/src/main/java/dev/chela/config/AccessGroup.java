package dev.chela.config;

import dev.chela.config.meta.Default;
import dev.chela.config.meta.Spelled;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A named set of senders, used as {@code accessGroup:<name>}. */
public record AccessGroup(
        @Default("'message.senders'") Type type,
        Map<String, List<String>> members,
        Optional<String> guildId,
        Optional<String> channelId,
        Optional<String> membership) {

    /** Where the members come from. */
    public enum Type {
        @Spelled("message.senders")
        MESSAGE_SENDERS,
        @Spelled("discord.channelAudience")
        DISCORD_CHANNEL_AUDIENCE
    }
}
