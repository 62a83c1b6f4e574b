package dev.chela.channels.telegram.kit;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Builds the JSON of updates. */
final class FakeUpdates {

    static final long NOW = 1_767_225_600;

    private static final Pattern NAMED = Pattern.compile("(/[a-z_]+(?:@\\w+)?)|(@\\w+)");

    private FakeUpdates() {}

    static JsonObject message(int id, long chat, long person) {
        JsonObject message = new JsonObject();
        message.addProperty("message_id", id);
        message.addProperty("date", NOW);
        message.add("chat", chat(chat));
        message.add("from", person(person));
        return message;
    }

    static JsonObject chat(long id) {
        JsonObject chat = new JsonObject();
        chat.addProperty("id", id);
        chat.addProperty("type", id > 0 ? "private" : "supergroup");
        if (id < 0) {
            chat.addProperty("title", "Group " + -id);
        }
        return chat;
    }

    static JsonObject person(long id) {
        JsonObject person = new JsonObject();
        person.addProperty("id", id);
        person.addProperty("is_bot", false);
        person.addProperty("first_name", "Person");
        person.addProperty("last_name", String.valueOf(id));
        person.addProperty("username", "person_" + id);
        return person;
    }

    static JsonObject file(String id, String name, int bytes) {
        JsonObject file = new JsonObject();
        file.addProperty("file_id", id);
        file.addProperty("file_unique_id", "u" + id);
        file.addProperty("file_name", name);
        file.addProperty("mime_type", "text/plain");
        file.addProperty("file_size", bytes);
        return file;
    }

    static JsonObject picture(String id, int width) {
        JsonObject size = new JsonObject();
        size.addProperty("file_id", id);
        size.addProperty("file_unique_id", "u" + id);
        size.addProperty("width", width);
        size.addProperty("height", width);
        return size;
    }

    static JsonObject reaction(long chat, long person, int message, String emoji) {
        JsonObject reaction = new JsonObject();
        reaction.add("chat", chat(chat));
        reaction.add("user", person(person));
        reaction.addProperty("message_id", message);
        reaction.addProperty("date", NOW);
        reaction.add("old_reaction", new JsonArray());
        JsonObject type = new JsonObject();
        type.addProperty("type", "emoji");
        type.addProperty("emoji", emoji);
        JsonArray now = new JsonArray();
        now.add(type);
        reaction.add("new_reaction", now);
        return reaction;
    }

    /** Commands and mentions as Telegram marks them. */
    static Optional<JsonArray> entities(String text) {
        JsonArray entities = new JsonArray();
        Matcher named = NAMED.matcher(text);
        while (named.find()) {
            JsonObject entity = new JsonObject();
            entity.addProperty("type", named.group(1) == null ? "mention" : "bot_command");
            entity.addProperty("offset", named.start());
            entity.addProperty("length", named.end() - named.start());
            entities.add(entity);
        }
        return entities.isEmpty() ? Optional.empty() : Optional.of(entities);
    }
}
