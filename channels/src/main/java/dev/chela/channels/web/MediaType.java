package dev.chela.channels.web;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What kind of file it is: by its first bytes for images, else as its sender said. */
final class MediaType {

    static final String UNKNOWN = "application/octet-stream";

    private static final Set<String> SHOWN =
            Set.of("image/png", "image/jpeg", "image/gif", "image/webp");
    private static final Pattern TYPE =
            Pattern.compile("[a-z]+/[a-z0-9][a-z0-9.+-]{0,80}", Pattern.CASE_INSENSITIVE);
    private static final Map<String, String> BY_START =
            Map.of(
                    "\u0089PNG\r\n", "image/png",
                    "\u00ff\u00d8\u00ff", "image/jpeg",
                    "GIF87a", "image/gif",
                    "GIF89a", "image/gif");

    private MediaType() {}

    /** The type to keep; an image type only if the bytes are that image. */
    static String of(Path file, String claimed) throws IOException {
        Optional<String> image = imageOf(file);
        if (image.isPresent()) {
            return image.get();
        }
        String type = claimed.split(";", 2)[0].strip().toLowerCase(java.util.Locale.ROOT);
        boolean usable = TYPE.matcher(type).matches() && !SHOWN.contains(type);
        return usable ? type : UNKNOWN;
    }

    /** Whether a page may show it in place. */
    static boolean isShown(String type) {
        return SHOWN.contains(type);
    }

    private static Optional<String> imageOf(Path file) throws IOException {
        byte[] head;
        try (InputStream in = Files.newInputStream(file)) {
            head = in.readNBytes(16);
        }
        String start = new String(head, StandardCharsets.ISO_8859_1);
        if (start.startsWith("RIFF") && start.startsWith("WEBP", 8)) {
            return Optional.of("image/webp");
        }
        return BY_START.entrySet().stream()
                .filter(entry -> start.startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
