package dev.chela.channels.telegram.kit;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.chela.channels.telegram.TelegramSettings;
import dev.chela.channels.text.ChunkLimits;
import dev.chela.config.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Telegram on loopback: a Bot API server with one bot, and the people who talk to it.
 *
 * <p>Chats with a positive id are private, with a negative id groups. Message ids are unique over
 * all chats. What people do returns the id of their message and waits for nobody.
 */
public final class FakeTelegram implements AutoCloseable {

    public static final long BOT_ID = 123456789;
    public static final String BOT_NAME = "chela_test_bot";

    /** The only token that is accepted. */
    public static final String TOKEN = BOT_ID + ":AAFake-token_for-tests-0123456789abcde";

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final BotApiServer state = new BotApiServer();
    private final Map<String, ConcurrentLinkedQueue<Misbehaviour>> planned =
            new ConcurrentHashMap<>();
    private final WireMockServer server;

    private FakeTelegram(int port) {
        var config = port == 0 ? options().dynamicPort() : options().port(port);
        this.server =
                new WireMockServer(
                        config.bindAddress("127.0.0.1")
                                .containerThreads(64)
                                .disableRequestJournal()
                                .extensions(new FakeResponses(state, this::misbehaviour)));
        server.stubFor(any(anyUrl()).willReturn(aResponse().withTransformers(FakeResponses.NAME)));
    }

    /** Starts the server on a free port. */
    public static FakeTelegram start() {
        FakeTelegram telegram = new FakeTelegram(0);
        telegram.server.start();
        return telegram;
    }

    public URI apiRoot() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    /** An account on this server that loses no time: short pauses, short albums. */
    public TelegramSettings settings() {
        return new TelegramSettings(
                "default",
                Secret.of(TOKEN),
                apiRoot(),
                Optional.empty(),
                ChunkLimits.ofChars(4000),
                true,
                1 << 20,
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                Duration.ofMillis(100),
                true,
                true,
                List.of(),
                Duration.ofSeconds(2),
                new TelegramSettings.BackOff(Duration.ofMillis(10), Duration.ofMillis(50)));
    }

    /** The next call of {@code method} that is not planned for yet goes wrong in this way. */
    public void next(String method, Misbehaviour misbehaviour) {
        planned.computeIfAbsent(method, m -> new ConcurrentLinkedQueue<>()).add(misbehaviour);
    }

    /** The same for the next call of {@code method} that concerns this chat. */
    public void next(String method, long chat, Misbehaviour misbehaviour) {
        next(in(method, Long.toString(chat)), misbehaviour);
    }

    private @Nullable Misbehaviour misbehaviour(BotCall call) {
        String here = in(call.method(), call.parameter("chat_id"));
        var queue = planned.containsKey(here) ? planned.get(here) : planned.get(call.method());
        return queue == null ? null : queue.poll();
    }

    private static String in(String method, String chat) {
        return method + " in " + chat;
    }

    /** A webhook is left over from another program. */
    public void hasWebhook() {
        state.setWebhook(true);
    }

    public boolean webhookIsGone() {
        return !state.hasWebhook();
    }

    /** Somebody writes in a private chat; the chat's id is the person's. */
    public int says(long person, String text) {
        return says(person, person, text);
    }

    /** Somebody writes in a chat. */
    public int says(long chat, long person, String text) {
        JsonObject message = FakeUpdates.message(state.nextMessageId(), chat, person);
        message.addProperty("text", text);
        FakeUpdates.entities(text).ifPresent(list -> message.add("entities", list));
        return push("message", message);
    }

    /** Somebody writes in a topic of a forum. */
    public int saysInTopic(long chat, int topic, long person, String text) {
        JsonObject message = FakeUpdates.message(state.nextMessageId(), chat, person);
        message.addProperty("text", text);
        message.addProperty("message_thread_id", topic);
        message.addProperty("is_topic_message", true);
        message.getAsJsonObject("chat").addProperty("is_forum", true);
        FakeUpdates.entities(text).ifPresent(list -> message.add("entities", list));
        return push("message", message);
    }

    /** Somebody answers a message of the bot. */
    public int replies(long chat, long person, int to, String text) {
        JsonObject message = FakeUpdates.message(state.nextMessageId(), chat, person);
        message.addProperty("text", text);
        JsonObject original = FakeUpdates.message(to, chat, BOT_ID);
        original.getAsJsonObject("from").addProperty("is_bot", true);
        original.addProperty("text", text(to));
        message.add("reply_to_message", original);
        return push("message", message);
    }

    /** Somebody sends a file. */
    public int sendsFile(long chat, long person, String name, byte[] content, String caption) {
        JsonObject message = FakeUpdates.message(state.nextMessageId(), chat, person);
        String id = "file-" + message.get("message_id").getAsInt();
        state.addFile(id, content);
        message.add("document", FakeUpdates.file(id, name, content.length));
        message.addProperty("caption", caption);
        return push("message", message);
    }

    /** Somebody sends one picture of an album. */
    public int sendsPicture(long chat, long person, String album, byte[] content, String caption) {
        JsonObject message = FakeUpdates.message(state.nextMessageId(), chat, person);
        String id = "photo-" + message.get("message_id").getAsInt();
        state.addFile(id, content);
        JsonArray sizes = new JsonArray();
        sizes.add(FakeUpdates.picture(id + "-small", 90));
        sizes.add(FakeUpdates.picture(id, 1280));
        message.add("photo", sizes);
        if (!album.isEmpty()) {
            message.addProperty("media_group_id", album);
        }
        if (!caption.isEmpty()) {
            message.addProperty("caption", caption);
        }
        return push("message", message);
    }

    /** Somebody changes a message. */
    public void edits(long chat, long person, int id, String text) {
        JsonObject message = FakeUpdates.message(id, chat, person);
        message.addProperty("text", text);
        message.addProperty("edit_date", FakeUpdates.NOW + 60);
        push("edited_message", message);
    }

    /** Somebody presses a button under a message of the bot. */
    public String presses(long chat, long person, int message, String data) {
        JsonObject query = new JsonObject();
        String id = "query-" + state.nextMessageId();
        query.addProperty("id", id);
        query.add("from", FakeUpdates.person(person));
        query.add("message", FakeUpdates.message(message, chat, BOT_ID));
        query.addProperty("data", data);
        push("callback_query", query);
        return id;
    }

    /** Somebody reacts to a message. */
    public void reacts(long chat, long person, int message, String emoji) {
        push("message_reaction", FakeUpdates.reaction(chat, person, message, emoji));
    }

    /** Delivers an update of any kind; the answer is its message id, 0 if it has none. */
    public int push(String kind, JsonObject content) {
        JsonObject update = new JsonObject();
        update.add(kind, content);
        state.updates.add(update);
        return content.has("message_id") ? content.get("message_id").getAsInt() : 0;
    }

    /** What the bot has in a chat now, in order, deleted messages left out. */
    public List<BotMessage> messagesIn(long chat) {
        return state.messages().stream()
                .filter(message -> message.chat() == chat && !message.deleted())
                .toList();
    }

    /** Everything the bot ever sent, deleted messages too. */
    public List<BotMessage> messages() {
        return state.messages();
    }

    /** All calls of a method, also those that went wrong. */
    public List<BotCall> calls(String method) {
        return state.calls().stream().filter(call -> call.method().equals(method)).toList();
    }

    /** Everything the bot confirmed so far is delivered once more, under its old ids. */
    public void comesAgain() {
        state.updates.repeat();
    }

    /** Updates the bot has not confirmed yet. */
    public int unconfirmed() {
        return state.updates.unconfirmed();
    }

    /**
     * Waits until the bot has {@code count} messages in a chat and returns them.
     *
     * @throws AssertionError if it does not come to that within 20 s
     */
    public List<BotMessage> awaitMessages(long chat, int count) {
        await(count + " messages in " + chat, telegram -> messagesIn(chat).size() >= count);
        return messagesIn(chat);
    }

    /** Waits until the bot made {@code count} calls of a method. */
    public List<BotCall> awaitCalls(String method, int count) {
        await(count + " calls of " + method, telegram -> calls(method).size() >= count);
        return calls(method);
    }

    /** Waits until something holds; looked at after each call of the bot. */
    public void await(String what, Predicate<FakeTelegram> holds) {
        try {
            if (!state.await(ignored -> holds.test(this), PATIENCE)) {
                throw new AssertionError(
                        "waited 20 s for %s; the bot called %s".formatted(what, state.calls()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for " + what, e);
        }
    }

    private String text(int id) {
        return state.messages().stream()
                .filter(message -> message.id() == id)
                .map(BotMessage::text)
                .findFirst()
                .orElse("");
    }

    @Override
    public void close() {
        state.updates.close();
        server.stop();
    }
}
