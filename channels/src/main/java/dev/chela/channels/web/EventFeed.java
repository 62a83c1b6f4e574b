package dev.chela.channels.web;

import dev.chela.channels.http.Call;
import dev.chela.channels.http.EventStream;
import dev.chela.channels.http.HttpException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Streams a chat's changes to one page, beginning after the last one the page has. */
final class EventFeed {

    /** More changes than that are cheaper to load anew. */
    static final int CATCH_UP_MAX = 500;

    private static final Duration PING = Duration.ofSeconds(15);

    private final MessageTable table;
    private final Pages pages;

    EventFeed(MessageTable table, Pages pages) {
        this.table = table;
        this.pages = pages;
    }

    void stream(Call call, String chat) throws IOException {
        call.expect("GET");
        long after = position(call);
        Listener listener = pages.listen(chat);
        try (EventStream stream = call.events()) {
            if (!canCatchUp(chat, after)) {
                stream.send("reload", "{}");
                return;
            }
            follow(stream, listener, after);
        } catch (InterruptedException e) {
            // The server stops; the page reconnects when it is back.
            Thread.currentThread().interrupt();
        } finally {
            pages.leave(listener);
        }
    }

    private boolean canCatchUp(String chat, long after) {
        return after <= table.newest()
                && table.changes(chat, after, CATCH_UP_MAX + 1).size() <= CATCH_UP_MAX;
    }

    private void follow(EventStream stream, Listener listener, long after)
            throws IOException, InterruptedException {
        stream.send("hello", "{}");
        long last = after;
        while (true) {
            last = catchUp(stream, listener.chat(), last);
            Listener.Rung rung = listener.await(PING);
            if (rung.typing()) {
                stream.send("typing", "{}");
            }
            if (rung.nothing()) {
                stream.send("ping", "{}");
            }
        }
    }

    private long catchUp(EventStream stream, String chat, long after) throws IOException {
        long last = after;
        List<StoredMessage> changes;
        do {
            changes = table.changes(chat, last, CATCH_UP_MAX);
            for (StoredMessage change : changes) {
                last = change.seq();
                send(stream, change);
            }
        } while (changes.size() == CATCH_UP_MAX);
        return last;
    }

    private static void send(EventStream stream, StoredMessage change) throws IOException {
        if (change.deleted()) {
            stream.send(change.seq(), "delete", Json.write(Map.of("id", change.id())));
        } else {
            stream.send(change.seq(), "message", PageMessage.of(change).toString());
        }
    }

    /** A browser's own reconnect says where it was; else the page says it in the address. */
    private static long position(Call call) {
        String text = call.header("Last-Event-ID").or(() -> call.query("after")).orElse("0");
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new HttpException(400, "the event id is not a number");
        }
    }
}
