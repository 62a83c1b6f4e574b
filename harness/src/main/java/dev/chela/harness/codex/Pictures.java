package dev.chela.harness.codex;

import dev.chela.harness.Prompt;
import dev.chela.harness.appserver.protocol.UserInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a prompt into the wire's form. Pictures go inline, so that no path of this machine is shown
 * to the model; all of one prompt together stay below what a WebSocket message may hold.
 */
final class Pictures {

    private static final Logger LOG = LoggerFactory.getLogger(Pictures.class);
    private static final long TOTAL_BYTES_MAX = 9L * 1024 * 1024;

    private Pictures() {}

    static List<UserInput> input(Prompt prompt) {
        List<UserInput> pictures = new ArrayList<>();
        List<String> left = new ArrayList<>();
        long total = 0;
        for (Path picture : prompt.images()) {
            Optional<byte[]> bytes = read(picture, TOTAL_BYTES_MAX - total);
            if (bytes.isPresent()) {
                total += bytes.get().length;
                pictures.add(new UserInput.Image(dataUrl(picture, bytes.get()), null));
            } else {
                left.add(String.valueOf(picture.getFileName()));
            }
        }
        List<UserInput> input = new ArrayList<>();
        input.add(UserInput.text(prompt.text()));
        input.addAll(pictures);
        if (!left.isEmpty()) {
            // A part of its own: the first one is what an input is recognised by.
            input.add(
                    UserInput.text(
                            "[pictures not shown, because too large or not readable: "
                                    + String.join(", ", left)
                                    + "]"));
        }
        return input;
    }

    private static Optional<byte[]> read(Path picture, long bytesMax) {
        try {
            return Files.size(picture) > bytesMax
                    ? Optional.empty()
                    : Optional.of(Files.readAllBytes(picture));
        } catch (IOException e) {
            LOG.warn("picture not readable: path={}", picture, e);
            return Optional.empty();
        }
    }

    private static String dataUrl(Path picture, byte[] bytes) {
        return "data:"
                + mediaType(picture)
                + ";base64,"
                + Base64.getEncoder().encodeToString(bytes);
    }

    private static String mediaType(Path picture) {
        String name = String.valueOf(picture.getFileName()).toLowerCase(Locale.ROOT);
        if (name.endsWith(".jpg") || name.endsWith(".jpeg")) {
            return "image/jpeg";
        }
        if (name.endsWith(".gif")) {
            return "image/gif";
        }
        return name.endsWith(".webp") ? "image/webp" : "image/png";
    }
}
