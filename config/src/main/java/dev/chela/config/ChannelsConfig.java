package dev.chela.config;

import java.util.Optional;

/**
 * Where people are; an absent platform is not used.
 *
 * @param web Chela's own chat page, on unless switched off
 */
public record ChannelsConfig(
        ChannelSettings defaults,
        Optional<TelegramConfig> telegram,
        Optional<DiscordConfig> discord,
        Optional<SlackConfig> slack,
        WebConfig web) {}
