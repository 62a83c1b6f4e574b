package dev.chela.channels.telegram;

/**
 * An entry of the bot's command menu.
 *
 * @param name as typed, without the slash; hyphens are shown as underscores
 */
public record MenuCommand(String name, String description) {

    private static final int MAX_NAME = 32;

    /** The name as Telegram allows it. */
    String shown() {
        String shown = name.toLowerCase(java.util.Locale.ROOT).replace('-', '_');
        return shown.substring(0, Math.min(MAX_NAME, shown.length()));
    }
}
