package dev.chela.channels.telegram;

import com.google.gson.JsonObject;
import com.pengrad.telegrambot.request.GetFile;
import dev.chela.channels.Attachment;
import dev.chela.channels.ChannelException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.UUID;
import okhttp3.Response;

/** Fetches files that people sent. */
final class TelegramFiles {

    private static final int BUFFER = 64 << 10;

    private final BotApi api;
    private final long maxBytes;

    TelegramFiles(BotApi api, long maxBytes) {
        this.api = api;
        this.maxBytes = maxBytes;
    }

    /**
     * Writes the file into {@code directory} under a random name; a part is never left behind.
     *
     * @throws ChannelException if it is too large or cannot be had
     */
    Path fetch(Attachment attachment, Path directory) {
        String handle =
                attachment
                        .handle()
                        .orElseThrow(() -> failed(attachment, "it did not come from Telegram"));
        refuseOver(attachment, attachment.bytes());
        String path = path(attachment, handle);
        Path file = directory.resolve(UUID.randomUUID() + extension(attachment.name()));
        try (Response response = api.file(path)) {
            if (!response.isSuccessful()) {
                throw failed(attachment, "Telegram answered " + response.code());
            }
            refuseOver(attachment, response.body().contentLength());
            copy(attachment, response.body().byteStream(), file);
            return file;
        } catch (IOException e) {
            throw failed(attachment, "the download broke off: " + api.scrub(e.toString()));
        }
    }

    private String path(Attachment attachment, String handle) {
        ApiReply reply = api.call(new GetFile(handle));
        if (reply instanceof ApiReply.Ok ok && ok.result() instanceof JsonObject result) {
            if (result.has("file_size")) {
                refuseOver(attachment, result.get("file_size").getAsLong());
            }
            if (result.has("file_path")) {
                return result.get("file_path").getAsString();
            }
        }
        if (reply instanceof ApiReply.Rejected rejected && rejected.says("too big")) {
            throw failed(attachment, "Telegram gives bots no file of this size (20 MB)");
        }
        throw failed(attachment, "Telegram does not give it: " + reply);
    }

    private void copy(Attachment attachment, InputStream in, Path file) throws IOException {
        boolean whole = false;
        try (OutputStream out =
                Files.newOutputStream(
                        file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            byte[] buffer = new byte[BUFFER];
            long total = 0;
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                total += n;
                refuseOver(attachment, total);
                out.write(buffer, 0, n);
            }
            whole = true;
        } finally {
            if (!whole) {
                Files.deleteIfExists(file);
            }
        }
    }

    private void refuseOver(Attachment attachment, long bytes) {
        if (bytes > maxBytes) {
            throw failed(
                    attachment,
                    "it is larger than %d MB (channels.telegram.mediaMaxMb)"
                            .formatted(maxBytes >> 20));
        }
    }

    private static ChannelException failed(Attachment attachment, String why) {
        return new ChannelException(
                "file %s was not fetched: %s".formatted(attachment.name(), why), null);
    }

    /** The ending of a foreign file name, if it is harmless. */
    private static String extension(String name) {
        int dot = name.lastIndexOf('.');
        String ending = dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
        return ending.matches("[a-z0-9]{1,8}") ? "." + ending : "";
    }
}
