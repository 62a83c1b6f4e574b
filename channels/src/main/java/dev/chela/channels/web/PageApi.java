package dev.chela.channels.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chela.channels.http.Call;
import dev.chela.channels.http.HttpException;
import dev.chela.channels.text.ChunkLimits;
import dev.chela.channels.text.MarkdownRenderer;
import dev.chela.channels.text.Markup;
import dev.chela.channels.text.RenderedText;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The calls a page makes, besides the event stream. */
final class PageApi {

    static final String BASE = "/web";

    private static final int BODY_BYTES_MAX = 512 * 1024;
    private static final int FILES_MAX = 10;
    private static final int OLDER_MAX = 50;
    private static final int GLANCE_CHARS = 80;
    private static final int GLANCE_READ_CHARS = 2_000;
    private static final MarkdownRenderer PLAIN =
            new MarkdownRenderer(Markup.PLAIN, ChunkLimits.ofChars(GLANCE_READ_CHARS * 2));

    private final MessageTable table;
    private final FileStore files;
    private final Accepting accepting;
    private final Supplier<List<SlashCommand>> commands;
    private final WebSettings settings;
    private final String instance;

    PageApi(
            MessageTable table,
            FileStore files,
            Accepting accepting,
            Supplier<List<SlashCommand>> commands,
            WebSettings settings,
            String instance) {
        this.table = table;
        this.files = files;
        this.accepting = accepting;
        this.commands = commands;
        this.settings = settings;
        this.instance = instance;
    }

    /** What a page needs to draw a chat, and the number its event stream goes on from. */
    void state(Call call) throws IOException {
        call.expect("GET");
        long seq = table.newest();
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("seq", seq);
        json.put("title", settings.title());
        json.put("instance", instance);
        json.put("textCharsMax", WebChannel.CHARS_MAX);
        json.put("fileBytesMax", settings.uploadBytesMax());
        json.put("filesMax", FILES_MAX);
        messages(json, chatOf(call), Long.MAX_VALUE, settings.historyMessages());
        call.json(200, json.toString());
    }

    /** Messages before the oldest one a page has. */
    void history(Call call) throws IOException {
        call.expect("GET");
        ObjectNode json = Json.MAPPER.createObjectNode();
        messages(json, chatOf(call), numberOf(call, "before"), OLDER_MAX);
        call.json(200, json.toString());
    }

    void chats(Call call) throws IOException {
        call.expect("GET");
        ArrayNode json = Json.MAPPER.createArrayNode();
        for (StoredMessage newest : table.chats()) {
            json.addObject()
                    .put("chat", newest.chat())
                    .put("at", newest.at().toEpochMilli())
                    .put("last", glance(newest));
        }
        call.json(200, json.toString());
    }

    private static String glance(StoredMessage newest) {
        String text = newest.markdown();
        String words =
                PLAIN.render(text.substring(0, Math.min(text.length(), GLANCE_READ_CHARS))).stream()
                        .findFirst()
                        .map(RenderedText::plain)
                        .orElse("");
        return words.substring(0, Math.min(words.length(), GLANCE_CHARS));
    }

    void commands(Call call) throws IOException {
        call.expect("GET");
        call.json(200, Json.write(commands.get()));
    }

    /** Takes a message; answered when the inbox has it. */
    void message(Call call) throws IOException {
        call.expect("POST");
        NewMessage body = Json.read(call, NewMessage.class, BODY_BYTES_MAX);
        String text = body.text() == null ? "" : body.text();
        List<StoredFile> attached = attached(body.files() == null ? List.of() : body.files());
        if (text.isBlank() && attached.isEmpty()) {
            throw new HttpException(400, "the message is empty");
        }
        if (text.length() > WebChannel.CHARS_MAX) {
            throw new HttpException(
                    413, "the message is longer than " + WebChannel.CHARS_MAX + " characters");
        }
        StoredMessage stored =
                accepting.message(
                        clientId(body.id()),
                        checkedChat(body.chat() == null ? "main" : body.chat()),
                        text,
                        new Extras(attached, List.of(), null));
        call.json(200, PageMessage.of(stored).toString());
    }

    /** Takes a press of a button; answered when the inbox has it. */
    void press(Call call) throws IOException {
        call.expect("POST");
        Press body = Json.read(call, Press.class, BODY_BYTES_MAX);
        if (body.message() == null || body.data() == null) {
            throw new HttpException(400, "a press names its message and its data");
        }
        accepting.press(clientId(body.id()), body.message(), body.data());
        call.json(200, "{}");
    }

    void upload(Call call) throws IOException {
        call.expect("POST");
        call.json(200, PageMessage.file(files.receive(call)).toString());
    }

    /** Sends a file; only images of known kinds are shown in place, the rest is saved. */
    void download(Call call) throws IOException {
        call.expect("GET");
        String id = call.path().substring(call.path().lastIndexOf('/') + 1);
        StoredFile file =
                files.find(id).orElseThrow(() -> new HttpException(404, "there is no such file"));
        boolean shown = MediaType.isShown(file.mediaType());
        String name = URLEncoder.encode(file.name(), StandardCharsets.UTF_8).replace("+", "%20");
        call.setHeader(
                "Content-Disposition",
                (shown ? "inline" : "attachment") + "; filename*=UTF-8''" + name);
        call.sendForeign(shown ? file.mediaType() : MediaType.UNKNOWN, files.path(file));
    }

    static String chatOf(Call call) {
        return checkedChat(call.query("chat").orElse("main"));
    }

    private void messages(ObjectNode json, String chat, long before, int max) {
        List<StoredMessage> found = table.before(chat, before, max + 1);
        boolean more = found.size() > max;
        ArrayNode array = json.putArray("messages");
        found.subList(more ? 1 : 0, found.size())
                .forEach(message -> array.add(PageMessage.of(message)));
        json.put("more", more);
    }

    private List<StoredFile> attached(List<String> ids) {
        if (ids.size() > FILES_MAX) {
            throw new HttpException(400, "a message carries at most " + FILES_MAX + " files");
        }
        List<StoredFile> found = new ArrayList<>();
        for (String id : ids) {
            found.add(
                    files.find(id)
                            .orElseThrow(
                                    () ->
                                            new HttpException(
                                                    410,
                                                    "an attached file is gone; attach it again")));
        }
        return found;
    }

    private static String clientId(@Nullable String id) {
        if (id == null || !Ids.isClientId(id)) {
            throw new HttpException(400, "the id is not one that a page makes");
        }
        return id;
    }

    private static String checkedChat(String chat) {
        if (!Ids.isChat(chat)) {
            throw new HttpException(400, "the chat's name may have a to z, 0 to 9 and -");
        }
        return chat;
    }

    private static long numberOf(Call call, String name) {
        try {
            return Long.parseLong(call.query(name).orElse(""));
        } catch (NumberFormatException e) {
            throw new HttpException(400, name + " is not a number");
        }
    }

    private record NewMessage(
            @Nullable String id,
            @Nullable String chat,
            @Nullable String text,
            @Nullable List<String> files) {}

    private record Press(@Nullable String id, @Nullable String message, @Nullable String data) {}
}
