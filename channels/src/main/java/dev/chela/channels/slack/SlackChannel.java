package dev.chela.channels.slack;

import dev.chela.channels.Capabilities;
import dev.chela.channels.UnconnectedChannel;
import dev.chela.channels.text.MarkdownChunks;
import dev.chela.channels.text.Markup;
import dev.chela.config.SlackAccount;
import java.time.Duration;

/**
 * One Slack account, not connected in this version. It renders: mrkdwn with mentions escaped, cut
 * at 4,000 characters where nothing else is configured.
 */
public final class SlackChannel {

    private static final int USUAL_CHARS = 4_000;
    private static final int MAX_CHARS = 40_000;
    private static final Duration EDIT_PAUSE = Duration.ofSeconds(1);

    private SlackChannel() {}

    public static UnconnectedChannel of(String account, SlackAccount config) {
        MarkdownChunks chunks =
                MarkdownChunks.of(
                        Markup.SLACK_MRKDWN,
                        config.settings(),
                        USUAL_CHARS,
                        MAX_CHARS,
                        Integer.MAX_VALUE);
        return new UnconnectedChannel(
                "slack",
                account,
                new Capabilities(
                        chunks.maxChars(),
                        true,
                        true,
                        true,
                        true,
                        true,
                        false,
                        true,
                        false,
                        EDIT_PAUSE),
                chunks::render);
    }
}
