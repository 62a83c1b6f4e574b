package dev.chela.channels.telegram;

import dev.chela.channels.text.ChunkLimits;
import dev.chela.channels.text.ChunkMode;
import dev.chela.config.AutoSwitch;
import dev.chela.config.ChannelSettings;
import dev.chela.config.ReactionNotifications;
import dev.chela.config.Secret;
import dev.chela.config.TelegramAccount;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What one Telegram account is built from; the channel is replaced whole when it changes.
 *
 * @param mediaMaxBytes largest file either way
 * @param poll how long Telegram may hold a poll
 * @param stall after how long without a finished poll the account counts as deaf
 * @param albumFlush how long the rest of an album is waited for
 * @param reactions whether reactions are asked for
 * @param nativeMenu whether the command menu is filled; else it is emptied
 * @param timeout how long an answer may take
 * @param backOff first and longest pause after a failed poll
 */
public record TelegramSettings(
        String account,
        Secret token,
        URI apiRoot,
        Optional<URI> proxy,
        ChunkLimits limits,
        boolean linkPreview,
        long mediaMaxBytes,
        Duration poll,
        Duration stall,
        Duration albumFlush,
        boolean reactions,
        boolean nativeMenu,
        List<MenuCommand> customCommands,
        Duration timeout,
        BackOff backOff) {

    /** What Telegram itself allows in one message. */
    static final int MAX_CHARS = 4096;

    private static final int DEFAULT_CHARS = 4000;
    private static final int DEFAULT_MEDIA_MB = 100;
    private static final Duration LONGEST_POLL = Duration.ofSeconds(50);

    /** Pauses between failed polls, doubling from {@code first} to {@code longest}. */
    public record BackOff(Duration first, Duration longest) {

        Duration after(int failures) {
            Duration pause = first.multipliedBy(1L << Math.min(16, Math.max(0, failures - 1)));
            return pause.compareTo(longest) > 0 ? longest : pause;
        }
    }

    public TelegramSettings {
        customCommands = List.copyOf(customCommands);
    }

    /**
     * Reads an account's section.
     *
     * @param nativeCommands the general switch, used if the account leaves it open
     */
    public static TelegramSettings of(
            String id, TelegramAccount account, Secret token, AutoSwitch nativeCommands) {
        ChannelSettings settings = account.settings();
        Duration half = account.pollingStallThreshold().dividedBy(2);
        return new TelegramSettings(
                id,
                token,
                account.apiRoot(),
                settings.proxy(),
                limits(settings),
                account.linkPreview(),
                settings.mediaMaxMb().orElse(DEFAULT_MEDIA_MB) * 1_048_576L,
                half.compareTo(LONGEST_POLL) < 0 ? half : LONGEST_POLL,
                account.pollingStallThreshold(),
                account.mediaGroupFlush(),
                account.reactionNotifications() != ReactionNotifications.OFF,
                settings.commands().nativeMenu().orElse(nativeCommands) != AutoSwitch.OFF,
                account.customCommands().stream()
                        .map(c -> new MenuCommand(c.command(), c.description()))
                        .toList(),
                account.timeout().orElse(Duration.ofSeconds(30)),
                new BackOff(Duration.ofSeconds(1), Duration.ofSeconds(60)));
    }

    private static ChunkLimits limits(ChannelSettings settings) {
        int chars = settings.textChunkLimit().orElse(DEFAULT_CHARS);
        return new ChunkLimits(
                Math.clamp(chars, ChunkLimits.MIN_CHARS, MAX_CHARS),
                Integer.MAX_VALUE,
                switch (settings.chunkMode()) {
                    case LENGTH -> ChunkMode.LENGTH;
                    case NEWLINE -> ChunkMode.NEWLINE;
                });
    }
}
