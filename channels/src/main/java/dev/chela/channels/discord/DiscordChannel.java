package dev.chela.channels.discord;

import dev.chela.channels.Capabilities;
import dev.chela.channels.UnconnectedChannel;
import dev.chela.channels.text.MarkdownChunks;
import dev.chela.channels.text.Markup;
import dev.chela.config.DiscordAccount;
import java.time.Duration;

/**
 * One Discord account, not connected in this version. It renders: its Markdown with mentions broken
 * up, at most 2,000 characters and a soft bound of lines.
 */
public final class DiscordChannel {

    private static final int USUAL_CHARS = 2_000;
    private static final int MAX_CHARS = 2_000;
    private static final Duration EDIT_PAUSE = Duration.ofMillis(1200);

    private DiscordChannel() {}

    public static UnconnectedChannel of(String account, DiscordAccount config) {
        MarkdownChunks chunks =
                MarkdownChunks.of(
                        Markup.DISCORD_MARKDOWN,
                        config.settings(),
                        USUAL_CHARS,
                        MAX_CHARS,
                        config.maxLinesPerMessage());
        return new UnconnectedChannel(
                "discord",
                account,
                new Capabilities(
                        chunks.maxChars(),
                        true,
                        true,
                        true,
                        true,
                        true,
                        true,
                        true,
                        false,
                        EDIT_PAUSE),
                chunks::render);
    }
}
