package dev.chela.channels.telegram;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.pengrad.telegrambot.model.Message;
import com.pengrad.telegrambot.model.Update;
import com.pengrad.telegrambot.utility.BotUtils;
import dev.chela.channels.ChannelEvent;
import dev.chela.channels.InboundMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The updates of one poll, each read by itself: one that cannot be read costs only itself. */
final class UpdateBatch {

    private static final Logger log = LoggerFactory.getLogger(UpdateBatch.class);

    private record Entry(int id, @Nullable Update update) {}

    private final List<Entry> entries = new ArrayList<>();

    private UpdateBatch() {}

    static UpdateBatch of(Iterable<JsonElement> updates) {
        UpdateBatch batch = new UpdateBatch();
        for (JsonElement element : updates) {
            if (element instanceof JsonObject object && object.has("update_id")) {
                batch.entries.add(new Entry(object.get("update_id").getAsInt(), read(object)));
            }
        }
        return batch;
    }

    private static @Nullable Update read(JsonObject object) {
        try {
            return BotUtils.parseUpdate(object.toString());
        } catch (JsonParseException e) {
            log.warn(
                    "telegram update skipped id={} reason=unreadable at={}",
                    object.get("update_id"),
                    e.getClass().getSimpleName());
            return null;
        }
    }

    int size() {
        return entries.size();
    }

    /** The album of each update, if it is in one. */
    List<Optional<String>> albums() {
        return entries.stream().map(entry -> album(entry.update())).toList();
    }

    private static Optional<String> album(@Nullable Update update) {
        Message message = update == null ? null : update.message();
        return message == null || message.mediaGroupId() == null || message.chat() == null
                ? Optional.empty()
                : Optional.of(message.chat().id() + ":" + message.mediaGroupId());
    }

    /** The offset behind the first {@code count} updates. */
    int nextAfter(int count) {
        return entries.get(count - 1).id() + 1;
    }

    /** The events in the first {@code count} updates, albums put together. */
    List<ChannelEvent> events(int count, UpdateMapper mapper) {
        List<Object> order = new ArrayList<>();
        Map<String, List<InboundMessage>> albums = new LinkedHashMap<>();
        for (Entry entry : entries.subList(0, count)) {
            Optional<String> album = album(entry.update());
            Optional<ChannelEvent> event = map(entry, mapper);
            if (album.isPresent() && event.orElse(null) instanceof InboundMessage part) {
                albums.computeIfAbsent(
                                album.get(),
                                id -> {
                                    order.add(id);
                                    return new ArrayList<>();
                                })
                        .add(part);
            } else {
                event.ifPresent(order::add);
            }
        }
        return order.stream()
                .map(
                        item ->
                                item instanceof ChannelEvent event
                                        ? event
                                        : Albums.join(albums.getOrDefault(item, List.of())))
                .toList();
    }

    private static Optional<ChannelEvent> map(Entry entry, UpdateMapper mapper) {
        Update update = entry.update();
        if (update == null) {
            return Optional.empty();
        }
        try {
            return mapper.map(update);
        } catch (NullPointerException | ClassCastException e) {
            // A member that Telegram promises is missing: skipping one update beats going deaf.
            log.warn("telegram update skipped id={} reason=incomplete", entry.id());
            return Optional.empty();
        }
    }
}
