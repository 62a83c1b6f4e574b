package dev.chela.channels.telegram.kit;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What each method of the Bot API does to the state, without any HTTP. */
final class BotApiServer {

    /** A refusal in Telegram's words. */
    static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1L;
        final int status;

        RefusedException(int status, String description) {
            super(description);
            this.status = status;
        }
    }

    private static final Pattern TAG = Pattern.compile("<(/?)([a-z]+)([^<>]*)>");
    private static final String TAGS = "b|i|s|u|code|pre|a|blockquote";
    private static final int MAX_CHARS = 4096;
    private static final int MAX_CAPTION = 1024;

    final UpdateQueue updates = new UpdateQueue();
    private final Map<Integer, BotMessage> messages = new LinkedHashMap<>();
    private final List<BotCall> calls = new ArrayList<>();
    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private int nextMessage = 1;
    private boolean webhook;

    synchronized void record(BotCall call) {
        calls.add(call);
        notifyAll();
    }

    JsonElement answer(BotCall call, byte[] file, String fileName)
            throws RefusedException, InterruptedException {
        return switch (call.method()) {
            case "getUpdates" -> poll(call);
            case "getMe" -> me();
            case "getFile" -> file(call);
            case "deleteWebhook" -> {
                setWebhook(false);
                yield new JsonPrimitive(true);
            }
            case "sendMessage", "sendPhoto", "sendDocument" -> send(call, file, fileName);
            case "editMessageText", "editMessageCaption" -> edit(call);
            case "deleteMessage" -> delete(call);
            default -> new JsonPrimitive(true);
        };
    }

    private JsonArray poll(BotCall call) throws RefusedException, InterruptedException {
        if (hasWebhook()) {
            throw new RefusedException(
                    409, "Conflict: can't use getUpdates method while webhook is active");
        }
        return updates.poll(
                        number(call, "offset", 0),
                        Duration.ofSeconds(number(call, "timeout", 0)),
                        number(call, "limit", 100))
                .orElseThrow(
                        () ->
                                new RefusedException(
                                        409,
                                        "Conflict: terminated by other getUpdates request; make"
                                                + " sure that only one bot instance is running"));
    }

    private static JsonObject me() {
        JsonObject me = new JsonObject();
        me.addProperty("id", FakeTelegram.BOT_ID);
        me.addProperty("is_bot", true);
        me.addProperty("first_name", "Chela");
        me.addProperty("username", FakeTelegram.BOT_NAME);
        me.addProperty("has_topics_enabled", true);
        return me;
    }

    private synchronized JsonElement send(BotCall call, byte[] file, String fileName)
            throws RefusedException {
        String text = words(call);
        if (text.isEmpty() && file.length == 0) {
            throw new RefusedException(400, "Bad Request: message text is empty");
        }
        checkLength(text, call.method().equals("sendMessage") ? MAX_CHARS : MAX_CAPTION);
        BotMessage message =
                new BotMessage(
                        nextMessage++,
                        Long.parseLong(call.parameter("chat_id")),
                        text,
                        file,
                        fileName,
                        false,
                        call.parameters());
        messages.put(message.id(), message);
        notifyAll();
        return json(message);
    }

    private synchronized JsonElement edit(BotCall call) throws RefusedException {
        BotMessage old = known(call, "message to edit not found");
        String text = words(call);
        boolean sameButtons = old.parameter("reply_markup").equals(call.parameter("reply_markup"));
        if (old.text().equals(text) && sameButtons) {
            throw new RefusedException(400, "Bad Request: message is not modified");
        }
        if (old.file().length > 0 && call.method().equals("editMessageText")) {
            throw new RefusedException(400, "Bad Request: there is no text in the message to edit");
        }
        messages.put(old.id(), old.changedTo(text, call.parameter("reply_markup")));
        notifyAll();
        return json(old);
    }

    private synchronized JsonElement delete(BotCall call) throws RefusedException {
        BotMessage old = known(call, "message to delete not found");
        messages.put(old.id(), old.withoutItself());
        notifyAll();
        return new JsonPrimitive(true);
    }

    private BotMessage known(BotCall call, String otherwise) throws RefusedException {
        BotMessage message = messages.get(number(call, "message_id", 0));
        if (message == null
                || message.deleted()
                || message.chat() != Long.parseLong(call.parameter("chat_id"))) {
            throw new RefusedException(400, "Bad Request: " + otherwise);
        }
        return message;
    }

    private synchronized JsonElement file(BotCall call) throws RefusedException {
        String id = call.parameter("file_id");
        byte[] content = files.get(id);
        if (content == null) {
            throw new RefusedException(400, "Bad Request: invalid file_id");
        }
        JsonObject file = new JsonObject();
        file.addProperty("file_id", id);
        file.addProperty("file_size", content.length);
        file.addProperty("file_path", "documents/" + id);
        return file;
    }

    private static String words(BotCall call) throws RefusedException {
        String text = call.parameter(call.parameters().containsKey("text") ? "text" : "caption");
        if (call.parameter("parse_mode").equals("HTML")) {
            checkMarkup(text);
        }
        return text;
    }

    private static void checkLength(String text, int most) throws RefusedException {
        String visible = TAG.matcher(text).replaceAll("").replaceAll("&[a-z]+;", "x");
        if (visible.length() > most) {
            throw new RefusedException(400, "Bad Request: message is too long");
        }
    }

    private static void checkMarkup(String text) throws RefusedException {
        List<String> open = new ArrayList<>();
        Matcher tags = TAG.matcher(text);
        boolean balanced = true;
        while (tags.find()) {
            balanced &= tags.group(2).matches(TAGS);
            if (tags.group(1).isEmpty()) {
                open.add(tags.group(2));
            } else {
                balanced &= !open.isEmpty() && open.removeLast().equals(tags.group(2));
            }
        }
        if (!balanced || !open.isEmpty() || tags.replaceAll("").matches("(?s).*[<>].*")) {
            throw new RefusedException(400, "Bad Request: can't parse entities: unbalanced tag");
        }
    }

    private static JsonObject json(BotMessage message) {
        JsonObject chat = new JsonObject();
        chat.addProperty("id", message.chat());
        chat.addProperty("type", message.chat() > 0 ? "private" : "supergroup");
        JsonObject json = new JsonObject();
        json.addProperty("message_id", message.id());
        json.addProperty("date", 1_767_225_600);
        json.add("chat", chat);
        json.addProperty("text", message.text());
        return json;
    }

    private static int number(BotCall call, String name, int otherwise) {
        String value = call.parameter(name);
        return value.isEmpty() ? otherwise : Integer.parseInt(value);
    }

    synchronized int nextMessageId() {
        return nextMessage++;
    }

    synchronized void addFile(String id, byte[] content) {
        files.put(id, content.clone());
    }

    synchronized Optional<byte[]> content(String id) {
        return Optional.ofNullable(files.get(id));
    }

    synchronized void setWebhook(boolean set) {
        webhook = set;
    }

    synchronized boolean hasWebhook() {
        return webhook;
    }

    synchronized List<BotMessage> messages() {
        return List.copyOf(messages.values());
    }

    synchronized List<BotCall> calls() {
        return List.copyOf(calls);
    }

    /** Waits until the state fits, at most {@code limit}; false if it never did. */
    synchronized boolean await(Predicate<BotApiServer> fits, Duration limit)
            throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!fits.test(this)) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }
}
