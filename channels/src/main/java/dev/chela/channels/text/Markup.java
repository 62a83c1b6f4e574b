package dev.chela.channels.text;

import java.util.List;

/** A platform's way of writing bold, links and code. */
public enum Markup {
    /** The tags that Telegram's {@code parse_mode=HTML} knows. */
    TELEGRAM_HTML {
        @Override
        String write(List<Span> spans) {
            return TelegramHtml.write(spans);
        }
    },
    /** Discord's Markdown; mentions are broken up. */
    DISCORD_MARKDOWN {
        @Override
        String write(List<Span> spans) {
            return new MarkerWriter(new DiscordDialect()).write(spans);
        }
    },
    /** Slack's mrkdwn; mentions are escaped. */
    SLACK_MRKDWN {
        @Override
        String write(List<Span> spans) {
            return new MarkerWriter(new SlackDialect()).write(spans);
        }
    },
    /** Colours and weights of a terminal; a link's address follows its text. */
    TERMINAL {
        @Override
        String write(List<Span> spans) {
            return TerminalText.write(spans);
        }
    },
    /** Words alone; a link's address follows its text. */
    PLAIN {
        @Override
        String write(List<Span> spans) {
            return PlainText.write(spans);
        }
    };

    /** Never shorter than the spans' own text. */
    abstract String write(List<Span> spans);
}
