package dev.chela.channels.web;

import dev.chela.channels.ChannelEvent;
import dev.chela.channels.Intake;
import dev.chela.channels.http.HttpException;
import dev.chela.config.state.DatabaseException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a person's words into the log, then into the inbox, and only then lets the page have its
 * acknowledgement. What stops in between is offered to the inbox again at the next start.
 */
final class Accepting {

    private static final Logger log = LoggerFactory.getLogger(Accepting.class);

    private final MessageTable table;
    private final FromPage fromPage;
    private final Pages pages;
    private final InstantSource clock;
    private final AtomicReference<@Nullable Intake> intake = new AtomicReference<>();
    private final AtomicReference<@Nullable Instant> lastInbound = new AtomicReference<>();

    Accepting(MessageTable table, FromPage fromPage, Pages pages, InstantSource clock) {
        this.table = table;
        this.fromPage = fromPage;
        this.pages = pages;
        this.clock = clock;
    }

    /** Begins to listen; rows the inbox may lack are offered to it first. */
    void open(Intake target) {
        for (StoredMessage message : table.notAccepted()) {
            log.info("web.offer again message={}", message.id());
            target.accept(List.of(fromPage.message(message)), Optional.empty());
            table.accepted(message.id());
        }
        intake.set(target);
        lastInbound.set(clock.instant());
    }

    void close() {
        intake.set(null);
    }

    boolean isOpen() {
        return intake.get() != null;
    }

    Optional<Instant> lastInbound() {
        return Optional.ofNullable(lastInbound.get());
    }

    /** Returns when the message is in the inbox; the id is known already on a repeat. */
    StoredMessage message(String clientId, String chat, String text, Extras extras) {
        Intake open = opened();
        MessageTable.Draft draft =
                new MessageTable.Draft(
                        clientId, chat, false, clientId, text, extras, clock.instant());
        StoredMessage stored =
                table.keep("web.keep", draft)
                        .flatMap(table::find)
                        .orElseThrow(() -> new HttpException(410, "the message was deleted"));
        hand(open, fromPage.message(stored));
        table.accepted(stored.id());
        pages.changed(stored.chat());
        return stored;
    }

    /** Returns when the press is in the inbox. */
    void press(String clientId, String messageId, String data) {
        Intake open = opened();
        StoredMessage message =
                table.find(messageId)
                        .orElseThrow(() -> new HttpException(410, "the message is gone"));
        boolean repeated = clientId.equals(message.pressId());
        if (!repeated && message.extras().button(data).isEmpty()) {
            throw new HttpException(409, "the message has no such button any more");
        }
        if (!repeated) {
            // First the mark, then the inbox: the outcome must never be overwritten by the mark.
            table.press(messageId, data, clientId);
        }
        hand(open, fromPage.press(clientId, message, data, clock.instant()));
        pages.changed(message.chat());
    }

    private Intake opened() {
        Intake open = intake.get();
        if (open == null) {
            throw new HttpException(503, "the bot is starting or stopping; trying again soon");
        }
        return open;
    }

    private void hand(Intake open, ChannelEvent event) {
        try {
            open.accept(List.of(event), Optional.empty());
        } catch (DatabaseException e) {
            log.warn("web.accept failed event={} reason={}", event.id().value(), e.getMessage());
            throw new HttpException(503, "the message could not be stored; trying again soon");
        }
        lastInbound.set(clock.instant());
    }
}
