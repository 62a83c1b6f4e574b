package dev.chela.channels.web;

import dev.chela.config.WebConfig;
import java.util.regex.Pattern;

/**
 * How the web chat is set up.
 *
 * @param account the channel account, {@code default}
 * @param path where the page is, {@code /chat}
 * @param title what the page calls the bot
 * @param historyMessages messages a page shows when it is opened
 * @param uploadBytesMax longest file a page may send
 * @param storedBytesMax all files together; more is refused until old ones are gone
 */
public record WebSettings(
        String account,
        String path,
        String title,
        int historyMessages,
        long uploadBytesMax,
        long storedBytesMax) {

    private static final Pattern PATH = Pattern.compile("/[A-Za-z0-9_-]{1,40}");

    public WebSettings {
        if (!PATH.matcher(path).matches() || path.equals(PageApi.BASE)) {
            throw new IllegalArgumentException(
                    "web chat path is '%s', expected one name like /chat".formatted(path));
        }
    }

    public static WebSettings of(WebConfig config) {
        return new WebSettings(
                "default",
                config.path(),
                "Chela",
                config.historyMessages(),
                config.uploadMaxMb() * 1024L * 1024L,
                2L << 30);
    }

    public static WebSettings defaults() {
        return new WebSettings("default", "/chat", "Chela", 200, 25L << 20, 2L << 30);
    }
}
