package dev.chela.bot.route;

import dev.chela.channels.Attachment;
import dev.chela.channels.Channel;
import dev.chela.channels.ChannelException;
import dev.chela.channels.InboundMessage;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches what came with a message: images go to the agent inline, short text files as untrusted
 * text, everything else as a file it may open. A file that cannot be had leaves a note; the message
 * goes on.
 */
final class Downloads {

    private static final Logger LOG = LoggerFactory.getLogger(Downloads.class);
    private static final Set<String> IMAGES =
            Set.of("image/png", "image/jpeg", "image/gif", "image/webp");
    private static final long IMAGE_BYTES_MAX = 8L << 20;
    private static final long TEXT_BYTES_MAX = 64L << 10;

    private final Function<InboundMessage, Optional<Channel>> channels;
    private final Path media;

    Downloads(Function<InboundMessage, Optional<Channel>> channels, Path media) {
        this.channels = channels;
        this.media = media;
    }

    /** What an agent gets of a message's attachments. */
    record Fetched(List<Path> images, List<String> notes) {}

    Fetched fetch(InboundMessage message) {
        List<Path> images = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        for (Attachment attachment : message.attachments()) {
            try {
                Path file = file(message, attachment);
                if (isImage(attachment, file)) {
                    images.add(file);
                } else {
                    notes.add(note(attachment, file));
                }
            } catch (ChannelException | IOException e) {
                LOG.warn(
                        "attachment of event={} was not fetched: {}", message.id(), e.getMessage());
                notes.add(missing(attachment, e));
            }
        }
        return new Fetched(images, notes);
    }

    /** An adapter's words are meant for people; those of the file system name paths. */
    private static String missing(Attachment attachment, Exception failure) {
        return failure instanceof ChannelException
                ? "[%s]".formatted(harmless(String.valueOf(failure.getMessage())))
                : "[attachment %s could not be fetched]".formatted(name(attachment));
    }

    private Path file(InboundMessage message, Attachment attachment) throws IOException {
        if (attachment.file().isPresent()) {
            return attachment.file().get();
        }
        Channel channel =
                channels.apply(message)
                        .orElseThrow(() -> new ChannelException("its channel is gone", null));
        Files.createDirectories(media);
        return channel.fetch(attachment, media);
    }

    private static boolean isImage(Attachment attachment, Path file) throws IOException {
        return IMAGES.contains(attachment.mediaType().toLowerCase(Locale.ROOT))
                && Files.size(file) <= IMAGE_BYTES_MAX;
    }

    private static String note(Attachment attachment, Path file) throws IOException {
        Optional<String> text = text(attachment, file);
        if (text.isPresent()) {
            return Foreign.fenced("attached file " + name(attachment), text.get());
        }
        return "[attached file %s (%s): %s]".formatted(name(attachment), type(attachment), file);
    }

    private static Optional<String> text(Attachment attachment, Path file) throws IOException {
        boolean readable =
                attachment.mediaType().startsWith("text/")
                        || attachment.mediaType().equals("application/json");
        if (!readable || Files.size(file) > TEXT_BYTES_MAX) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readString(file, StandardCharsets.UTF_8));
        } catch (MalformedInputException notUtf8) {
            return Optional.empty();
        }
    }

    private static String type(Attachment attachment) {
        return attachment.mediaType().matches("[\\w.+-]{1,60}/[\\w.+-]{1,60}")
                ? attachment.mediaType()
                : "application/octet-stream";
    }

    private static String name(Attachment attachment) {
        return harmless(attachment.name());
    }

    private static String harmless(String foreign) {
        return foreign.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}\"<>#\\[\\]]", "_");
    }
}
