package dev.chela.channels.telegram;

import com.google.gson.JsonObject;
import com.pengrad.telegrambot.model.reaction.ReactionType;
import com.pengrad.telegrambot.model.reaction.ReactionTypeEmoji;
import com.pengrad.telegrambot.request.BaseRequest;
import com.pengrad.telegrambot.request.DeleteMessage;
import com.pengrad.telegrambot.request.SetMessageReaction;
import dev.chela.channels.Attachment;
import dev.chela.channels.Chunk;
import dev.chela.channels.Conversation;
import dev.chela.channels.Sent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Says things: sends, changes, deletes, reacts. Telegram tells kinds of refusal apart only by its
 * words; all of those words are in this class.
 */
final class TelegramSender {

    private static final Set<String> PHOTO_TYPES = Set.of("image/jpeg", "image/png", "image/webp");
    private static final long PHOTO_MAX_BYTES = 10L << 20;
    private static final Duration LONGEST_EDIT_WAIT = Duration.ofMillis(1500);
    private static final Duration SHORTLY = Duration.ofSeconds(1);
    private static final Duration A_WHILE = Duration.ofSeconds(30);

    private final BotApi api;
    private final Stop stop;
    private final TelegramPacing pacing;
    private final TelegramRequests requests;
    private final long maxBytes;

    TelegramSender(TelegramParts parts, TelegramPacing pacing) {
        this.api = parts.api();
        this.stop = parts.stop();
        this.pacing = pacing;
        this.requests = new TelegramRequests(parts.settings().linkPreview());
        this.maxBytes = parts.settings().mediaMaxBytes();
    }

    Sent send(Conversation to, Chunk chunk) {
        Optional<Long> chat = chat(to);
        if (chat.isEmpty()) {
            return new Sent.Refused("%s is no Telegram chat id".formatted(to.peer()));
        }
        boolean photo = false;
        if (!chunk.attachments().isEmpty()) {
            Optional<String> fault = fault(chunk.attachments().getFirst());
            if (fault.isPresent()) {
                return new Sent.Refused(fault.get());
            }
            photo = isPhoto(chunk.attachments().getFirst());
        }
        if (stop.pause(pacing.message(chat.get()))) {
            return new Sent.TryAgain(SHORTLY, "the channel is stopping");
        }
        var form = new TelegramRequests.Form(chat.get(), to.thread(), true, photo);
        ApiReply reply = adapted(form, f -> requests.send(chunk, f));
        return outcome(chat.get(), reply, Optional.empty());
    }

    Sent edit(Conversation in, String messageId, Chunk chunk) {
        Optional<Long> chat = chat(in);
        if (chat.isEmpty() || !TelegramRequests.isNumber(messageId)) {
            return new Sent.Refused("there is no message %s in %s".formatted(messageId, in.peer()));
        }
        Duration delay = pacing.editDelay(chat.get());
        if (delay.compareTo(LONGEST_EDIT_WAIT) > 0) {
            return new Sent.TryAgain(delay, "Telegram's limits for this chat are used up");
        }
        if (stop.pause(pacing.edit(chat.get()))) {
            return new Sent.TryAgain(SHORTLY, "the channel is stopping");
        }
        int message = Integer.parseInt(messageId);
        var form = new TelegramRequests.Form(chat.get(), in.thread(), true, false);
        ApiReply reply = adapted(form, f -> requests.edit(chunk, message, f));
        if (reply instanceof ApiReply.Rejected rejected
                && rejected.says("no text in the message to edit")) {
            reply = adapted(form, f -> requests.editCaption(chunk, message, f));
        }
        return outcome(chat.get(), reply, Optional.of(messageId));
    }

    Sent delete(Conversation in, String messageId) {
        return change(in, messageId, DeleteMessage::new);
    }

    Sent react(Conversation in, String messageId, String emoji) {
        // Telegram knows its reactions without the selector that asks for a coloured picture.
        String bare = emoji.replace("\uFE0F", "");
        ReactionType[] reactions =
                bare.isEmpty()
                        ? new ReactionType[0]
                        : new ReactionType[] {new ReactionTypeEmoji(bare)};
        return change(in, messageId, (chat, id) -> new SetMessageReaction(chat, id, reactions));
    }

    private interface Change {
        BaseRequest<?, ?> of(long chat, int message);
    }

    private Sent change(Conversation in, String messageId, Change change) {
        Optional<Long> chat = chat(in);
        if (chat.isEmpty() || !TelegramRequests.isNumber(messageId)) {
            return new Sent.Refused("there is no message %s in %s".formatted(messageId, in.peer()));
        }
        if (stop.pause(pacing.edit(chat.get()))) {
            return new Sent.TryAgain(SHORTLY, "the channel is stopping");
        }
        ApiReply reply = api.call(change.of(chat.get(), Integer.parseInt(messageId)));
        return outcome(chat.get(), reply, Optional.of(messageId));
    }

    /** Calls, and once for each reason calls again in the form that Telegram will take. */
    private ApiReply adapted(
            TelegramRequests.Form form, Function<TelegramRequests.Form, BaseRequest<?, ?>> write) {
        TelegramRequests.Form current = form;
        while (true) {
            ApiReply reply = api.call(write.apply(current));
            if (!(reply instanceof ApiReply.Rejected rejected)) {
                return reply;
            }
            if (rejected.movedTo().isPresent() && current.chat() != rejected.movedTo().get()) {
                if (current.chat() != form.chat()) {
                    return reply;
                }
                current = current.movedTo(rejected.movedTo().get());
            } else if (rejected.says("can't parse entities") && current.markup()) {
                current = current.plain();
            } else if (current.asPhoto() && isPhotoTrouble(rejected)) {
                current = current.asDocument();
            } else {
                return reply;
            }
        }
    }

    private static boolean isPhotoTrouble(ApiReply.Rejected rejected) {
        return rejected.says("PHOTO_") || rejected.says("IMAGE_PROCESS_FAILED");
    }

    private Sent outcome(long chat, ApiReply reply, Optional<String> existing) {
        return switch (reply) {
            case ApiReply.Ok ok ->
                    existing.or(() -> messageId(ok))
                            .<Sent>map(Sent.Acknowledged::new)
                            .orElseGet(() -> new Sent.Unknown("the answer names no message"));
            case ApiReply.NotSent(String reason) -> new Sent.TryAgain(SHORTLY, reason);
            case ApiReply.Lost(String reason) -> new Sent.Unknown(reason);
            case ApiReply.Rejected rejected -> rejected(chat, rejected, existing);
        };
    }

    private Sent rejected(long chat, ApiReply.Rejected rejected, Optional<String> existing) {
        String reason =
                "Telegram answered %d %s".formatted(rejected.status(), rejected.description());
        if (rejected.status() == 429) {
            Duration pause = rejected.retryAfter().orElse(A_WHILE);
            pacing.block(chat, pause);
            return new Sent.TryAgain(pause, reason);
        }
        if (rejected.status() >= 500) {
            return new Sent.TryAgain(rejected.retryAfter().orElse(SHORTLY), reason);
        }
        if (rejected.status() == 401 || rejected.status() == 404) {
            // The token, not the message: it may be put right while the message waits.
            return new Sent.TryAgain(A_WHILE, reason);
        }
        boolean asWanted =
                rejected.says("message is not modified")
                        || rejected.says("message to delete not found");
        return asWanted && existing.isPresent()
                ? new Sent.Acknowledged(existing.get())
                : new Sent.Refused(reason);
    }

    private static Optional<String> messageId(ApiReply.Ok ok) {
        return ok.result() instanceof JsonObject message && message.has("message_id")
                ? Optional.of(message.get("message_id").getAsString())
                : Optional.empty();
    }

    private Optional<String> fault(Attachment attachment) {
        Path file = attachment.file().orElse(null);
        if (file == null || !Files.isRegularFile(file)) {
            return Optional.of("the file %s is gone".formatted(attachment.name()));
        }
        long bytes = size(file);
        return bytes > maxBytes
                ? Optional.of(
                        "the file %s has %d MB, more than channels.telegram.mediaMaxMb allows (%d)"
                                .formatted(attachment.name(), bytes >> 20, maxBytes >> 20))
                : Optional.empty();
    }

    private static boolean isPhoto(Attachment attachment) {
        return PHOTO_TYPES.contains(attachment.mediaType())
                && attachment.file().map(f -> size(f) <= PHOTO_MAX_BYTES).orElse(false);
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return Long.MAX_VALUE;
        }
    }

    static Optional<Long> chat(Conversation conversation) {
        String peer = conversation.peer();
        return peer.matches("-?\\d{1,18}") ? Optional.of(Long.valueOf(peer)) : Optional.empty();
    }
}
