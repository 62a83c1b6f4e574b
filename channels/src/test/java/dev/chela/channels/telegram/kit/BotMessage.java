package dev.chela.channels.telegram.kit;

import java.util.HashMap;
import java.util.Map;

/**
 * A message of the bot as the chat shows it now.
 *
 * @param text text or caption, with markup as sent
 * @param file the content of the file that came with it, empty for none
 * @param fileName its name, empty for none
 * @param parameters of the call that sent it
 */
public record BotMessage(
        int id,
        long chat,
        String text,
        byte[] file,
        String fileName,
        boolean deleted,
        Map<String, String> parameters) {

    /** Buttons that the change does not bring are gone, as on the platform. */
    BotMessage changedTo(String words, String buttons) {
        Map<String, String> changed = new HashMap<>(parameters);
        changed.put("reply_markup", buttons);
        return new BotMessage(id, chat, words, file, fileName, deleted, Map.copyOf(changed));
    }

    BotMessage withoutItself() {
        return new BotMessage(id, chat, text, file, fileName, true, parameters);
    }

    public String parameter(String name) {
        return parameters.getOrDefault(name, "");
    }
}
