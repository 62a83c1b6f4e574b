package dev.chela.channels.web;

import dev.chela.channels.Attachment;
import dev.chela.channels.ChannelException;
import dev.chela.channels.http.Call;
import dev.chela.channels.http.HttpException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files of the chat, both ways: bytes in the media directory under names of our own. */
final class FileStore {

    private static final Logger log = LoggerFactory.getLogger(FileStore.class);
    private static final int NAME_CHARS_MAX = 120;
    private static final Pattern EXTENSION = Pattern.compile("\\.[A-Za-z0-9]{1,8}$");

    private final Path directory;
    private final FileTable table;
    private final Ids ids;
    private final WebSettings settings;
    private final InstantSource clock;

    FileStore(Path directory, FileTable table, Ids ids, WebSettings settings, InstantSource clock) {
        this.directory = directory;
        this.table = table;
        this.ids = ids;
        this.settings = settings;
        this.clock = clock;
    }

    /** Takes what a page uploads. */
    StoredFile receive(Call call) throws IOException {
        if (table.storedBytes() > settings.storedBytesMax()) {
            throw new HttpException(507, "the space for files is used up; delete old messages");
        }
        String id = ids.next();
        Path part = directory().resolve(id + ".part");
        try {
            long bytes;
            try (OutputStream out = Files.newOutputStream(part)) {
                bytes = call.body(out, settings.uploadBytesMax());
            }
            String claimed = call.header("Content-Type").orElse(MediaType.UNKNOWN);
            return keep(id, part, call.query("name").orElse("file"), claimed, bytes);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** Keeps a copy of a file of ours, so that pages can load it later. */
    StoredFile copy(Attachment attachment) throws IOException {
        Path source =
                attachment
                        .file()
                        .orElseThrow(() -> new IOException(attachment.name() + " has no file"));
        String id = ids.next();
        Path part = directory().resolve(id + ".part");
        try {
            Files.copy(source, part);
            String type = attachment.mediaType();
            return keep(id, part, attachment.name(), type, Files.size(part));
        } finally {
            Files.deleteIfExists(part);
        }
    }

    Optional<StoredFile> find(String id) {
        return Ids.isFile(id) ? table.find(id) : Optional.empty();
    }

    Path path(StoredFile file) {
        return directory.resolve(file.id());
    }

    /** Copies an uploaded file for the harness. */
    Path fetch(Attachment attachment, Path target) {
        StoredFile file =
                attachment
                        .handle()
                        .flatMap(this::find)
                        .orElseThrow(
                                () ->
                                        new ChannelException(
                                                "the uploaded file '%s' is gone; send it again"
                                                        .formatted(attachment.name()),
                                                null));
        var extension = EXTENSION.matcher(file.name());
        String name = ids.next() + (extension.find() ? extension.group() : "");
        try {
            Files.createDirectories(target);
            return Files.copy(path(file), target.resolve(name));
        } catch (IOException e) {
            throw new ChannelException(
                    "cannot copy the uploaded file '%s' to %s".formatted(file.name(), target), e);
        }
    }

    /** Deletes files that no message has any more. */
    void sweep() {
        for (String id : table.forgetUnused(clock.instant())) {
            try {
                Files.deleteIfExists(directory.resolve(id));
            } catch (IOException e) {
                log.warn("web.file kept id={} reason={}", id, e.toString());
            }
        }
    }

    private StoredFile keep(String id, Path part, String name, String claimed, long bytes)
            throws IOException {
        StoredFile file = new StoredFile(id, clean(name), MediaType.of(part, claimed), bytes);
        Files.move(part, path(file), StandardCopyOption.ATOMIC_MOVE);
        table.add(file, clock.instant());
        return file;
    }

    private Path directory() {
        try {
            return Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the directory " + directory, e);
        }
    }

    private static String clean(String name) {
        String base = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        // Direction overrides could make gpj.exe look like exe.jpg.
        String plain = base.replaceAll("[\\p{Cntrl}\\p{Cf}]", "").strip();
        if (plain.isEmpty()) {
            return "file";
        }
        int from = Math.max(0, plain.length() - NAME_CHARS_MAX);
        return plain.substring(from);
    }
}
