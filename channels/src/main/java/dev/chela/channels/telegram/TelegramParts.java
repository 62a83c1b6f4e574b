package dev.chela.channels.telegram;

import dev.chela.config.state.Checkpoints;
import java.time.Clock;

/** What the classes of one account share. */
record TelegramParts(
        TelegramSettings settings, BotApi api, Stop stop, Checkpoints checkpoints, Clock clock) {}
