package dev.chela.channels.telegram.kit;

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

    BotMessage changedTo(String words) {
        return new BotMessage(id, chat, words, file, fileName, deleted, parameters);
    }

    BotMessage withoutItself() {
        return new BotMessage(id, chat, text, file, fileName, true, parameters);
    }

    public String parameter(String name) {
        return parameters.getOrDefault(name, "");
    }
}
