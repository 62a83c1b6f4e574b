package dev.chela.channels.telegram;

import com.pengrad.telegrambot.model.LinkPreviewOptions;
import com.pengrad.telegrambot.model.request.InlineKeyboardButton;
import com.pengrad.telegrambot.model.request.InlineKeyboardMarkup;
import com.pengrad.telegrambot.model.request.ParseMode;
import com.pengrad.telegrambot.model.request.ReplyParameters;
import com.pengrad.telegrambot.request.AbstractSendRequest;
import com.pengrad.telegrambot.request.EditMessageCaption;
import com.pengrad.telegrambot.request.EditMessageText;
import com.pengrad.telegrambot.request.SendDocument;
import com.pengrad.telegrambot.request.SendMessage;
import com.pengrad.telegrambot.request.SendPhoto;
import dev.chela.channels.Attachment;
import dev.chela.channels.Button;
import dev.chela.channels.Chunk;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes chunks as the library's requests. */
final class TelegramRequests {

    private static final int MAX_BUTTON_DATA = 64;

    private final boolean linkPreview;

    TelegramRequests(boolean linkPreview) {
        this.linkPreview = linkPreview;
    }

    /** Where and how a chunk is sent. */
    record Form(long chat, Optional<String> thread, boolean markup, boolean asPhoto) {

        Form plain() {
            return new Form(chat, thread, false, asPhoto);
        }

        Form asDocument() {
            return new Form(chat, thread, markup, false);
        }

        Form movedTo(long other) {
            return new Form(other, thread, markup, asPhoto);
        }
    }

    AbstractSendRequest<?> send(Chunk chunk, Form form) {
        String words = form.markup() ? chunk.text() : chunk.plain();
        AbstractSendRequest<?> request;
        if (chunk.attachments().isEmpty()) {
            SendMessage message = new SendMessage(form.chat(), words);
            if (form.markup()) {
                message.parseMode(ParseMode.HTML);
            }
            if (!linkPreview) {
                message.linkPreviewOptions(new LinkPreviewOptions().isDisabled(true));
            }
            request = message;
        } else {
            request = file(chunk.attachments().getFirst(), words, form);
        }
        form.thread()
                .filter(id -> !id.equals(UpdateMapper.GENERAL_TOPIC) && isNumber(id))
                .ifPresent(id -> request.messageThreadId(Long.parseLong(id)));
        chunk.replyTo()
                .filter(TelegramRequests::isNumber)
                .ifPresent(
                        id ->
                                request.replyParameters(
                                        new ReplyParameters(Integer.valueOf(id))
                                                .allowSendingWithoutReply(true)));
        keyboard(chunk.buttons()).ifPresent(request::replyMarkup);
        if (chunk.silent()) {
            request.disableNotification(true);
        }
        return request;
    }

    private static AbstractSendRequest<?> file(Attachment attachment, String words, Form form) {
        File file = attachment.file().map(Path::toFile).orElseThrow();
        if (form.asPhoto()) {
            SendPhoto photo = new SendPhoto(form.chat(), file);
            photo.fileName(attachment.name());
            photo.contentType(attachment.mediaType());
            if (!words.isEmpty()) {
                photo.caption(words);
            }
            return form.markup() ? photo.parseMode(ParseMode.HTML) : photo;
        }
        SendDocument document = new SendDocument(form.chat(), file);
        document.fileName(attachment.name());
        document.contentType(attachment.mediaType());
        if (!words.isEmpty()) {
            document.caption(words);
        }
        return form.markup() ? document.parseMode(ParseMode.HTML) : document;
    }

    EditMessageText edit(Chunk chunk, int message, Form form) {
        EditMessageText edit =
                new EditMessageText(
                        form.chat(), message, form.markup() ? chunk.text() : chunk.plain());
        if (form.markup()) {
            edit.parseMode(ParseMode.HTML);
        }
        if (!linkPreview) {
            edit.linkPreviewOptions(new LinkPreviewOptions().isDisabled(true));
        }
        keyboard(chunk.buttons()).ifPresent(edit::replyMarkup);
        return edit;
    }

    /** For messages that are a file with words under it. */
    EditMessageCaption editCaption(Chunk chunk, int message, Form form) {
        EditMessageCaption edit = new EditMessageCaption(form.chat(), message);
        edit.caption(form.markup() ? chunk.text() : chunk.plain());
        if (form.markup()) {
            edit.parseMode(ParseMode.HTML);
        }
        keyboard(chunk.buttons()).ifPresent(edit::replyMarkup);
        return edit;
    }

    static boolean isNumber(String id) {
        return id.matches("\\d{1,9}");
    }

    /** Buttons with more data than Telegram takes are left out, or it would refuse the message. */
    private static Optional<InlineKeyboardMarkup> keyboard(List<List<Button>> rows) {
        List<InlineKeyboardButton[]> shown = new ArrayList<>();
        for (List<Button> row : rows) {
            InlineKeyboardButton[] buttons =
                    row.stream()
                            .filter(TelegramRequests::fits)
                            .map(TelegramRequests::button)
                            .toArray(InlineKeyboardButton[]::new);
            if (buttons.length > 0) {
                shown.add(buttons);
            }
        }
        return shown.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new InlineKeyboardMarkup(shown.toArray(InlineKeyboardButton[][]::new)));
    }

    private static InlineKeyboardButton button(Button button) {
        InlineKeyboardButton shown =
                new InlineKeyboardButton(button.label()).callbackData(button.data());
        return switch (button.style()) {
            case PRIMARY -> shown.style("primary");
            case DANGER -> shown.style("danger");
            case SECONDARY -> shown;
        };
    }

    private static boolean fits(Button button) {
        int bytes = button.data().getBytes(StandardCharsets.UTF_8).length;
        return bytes > 0 && bytes <= MAX_BUTTON_DATA && !button.label().isBlank();
    }
}
