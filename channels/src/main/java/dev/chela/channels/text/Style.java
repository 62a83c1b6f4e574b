package dev.chela.channels.text;

import org.jspecify.annotations.Nullable;

/**
 * How a run of characters looks.
 *
 * @param link the address behind it
 * @param pre the language of the code block it is in, empty when none was named
 */
record Style(
        boolean bold,
        boolean italic,
        boolean strike,
        boolean code,
        boolean quote,
        @Nullable String link,
        @Nullable String pre) {

    static final Style NONE = new Style(false, false, false, false, false, null, null);

    Style withBold() {
        return new Style(true, italic, strike, code, quote, link, pre);
    }

    Style withItalic() {
        return new Style(bold, true, strike, code, quote, link, pre);
    }

    Style withStrike() {
        return new Style(bold, italic, true, code, quote, link, pre);
    }

    Style withCode() {
        return new Style(bold, italic, strike, true, quote, link, pre);
    }

    Style withQuote() {
        return new Style(bold, italic, strike, code, true, link, pre);
    }

    Style withLink(String address) {
        return new Style(bold, italic, strike, code, quote, address, pre);
    }

    Style withPre(String language) {
        return new Style(false, false, false, false, quote, null, language);
    }

    /** What line breaks and gaps between blocks carry. */
    Style blockOnly() {
        return new Style(false, false, false, false, quote, null, null);
    }
}
