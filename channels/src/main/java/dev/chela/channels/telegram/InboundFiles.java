package dev.chela.channels.telegram;

import com.pengrad.telegrambot.model.Message;
import com.pengrad.telegrambot.model.PhotoSize;
import com.pengrad.telegrambot.model.Sticker;
import dev.chela.channels.Attachment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the files that came with a message. */
final class InboundFiles {

    private static final String UNKNOWN_TYPE = "application/octet-stream";

    private InboundFiles() {}

    static List<Attachment> of(Message message) {
        List<Attachment> files = new ArrayList<>();
        if (message.photo() != null) {
            Arrays.stream(message.photo())
                    .max(Comparator.comparingLong(InboundFiles::pixels))
                    .ifPresent(
                            p -> add(files, "photo.jpg", "image/jpeg", p.fileSize(), p.fileId()));
        }
        if (message.document() != null) {
            var file = message.document();
            add(files, file.fileName(), file.mimeType(), file.fileSize(), file.fileId());
        }
        if (message.voice() != null) {
            var file = message.voice();
            String type = file.mimeType() == null ? "audio/ogg" : file.mimeType();
            add(files, "voice.ogg", type, file.fileSize(), file.fileId());
        }
        if (message.audio() != null) {
            var file = message.audio();
            add(files, file.fileName(), file.mimeType(), file.fileSize(), file.fileId());
        }
        if (message.video() != null) {
            var file = message.video();
            add(files, file.fileName(), file.mimeType(), file.fileSize(), file.fileId());
        }
        if (message.videoNote() != null) {
            var file = message.videoNote();
            add(files, "video.mp4", "video/mp4", file.fileSize(), file.fileId());
        }
        if (message.sticker() != null) {
            sticker(files, message.sticker());
        }
        return files;
    }

    private static void sticker(List<Attachment> files, Sticker sticker) {
        if (Boolean.TRUE.equals(sticker.isAnimated())) {
            add(files, "sticker.tgs", UNKNOWN_TYPE, sticker.fileSize(), sticker.fileId());
        } else if (Boolean.TRUE.equals(sticker.isVideo())) {
            add(files, "sticker.webm", "video/webm", sticker.fileSize(), sticker.fileId());
        } else {
            add(files, "sticker.webp", "image/webp", sticker.fileSize(), sticker.fileId());
        }
    }

    private static long pixels(PhotoSize size) {
        int width = size.width() == null ? 0 : size.width();
        int height = size.height() == null ? 0 : size.height();
        return (long) width * height;
    }

    private static void add(
            List<Attachment> files,
            @Nullable String name,
            @Nullable String type,
            @Nullable Long bytes,
            @Nullable String handle) {
        if (handle != null) {
            files.add(
                    new Attachment(
                            name == null ? "file" : name,
                            type == null ? UNKNOWN_TYPE : type,
                            bytes == null ? -1 : bytes,
                            Optional.of(handle),
                            Optional.empty()));
        }
    }
}
