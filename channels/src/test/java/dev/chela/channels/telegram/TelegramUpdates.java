package dev.chela.channels.telegram;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

/** JSON of messages that {@code FakeTelegram}'s people do not write. */
final class TelegramUpdates {

    private TelegramUpdates() {}

    /** A private message that is one command. */
    static JsonObject message(int id, long person, String command) {
        JsonObject chat = new JsonObject();
        chat.addProperty("id", person);
        chat.addProperty("type", "private");
        JsonObject from = new JsonObject();
        from.addProperty("id", person);
        from.addProperty("first_name", "Ann");
        JsonObject entity = new JsonObject();
        entity.addProperty("type", "bot_command");
        entity.addProperty("offset", 0);
        entity.addProperty("length", command.length());
        JsonArray entities = new JsonArray();
        entities.add(entity);
        JsonObject message = new JsonObject();
        message.addProperty("message_id", id);
        message.addProperty("date", 1_767_225_600);
        message.add("chat", chat);
        message.add("from", from);
        message.addProperty("text", command);
        message.add("entities", entities);
        return message;
    }
}
