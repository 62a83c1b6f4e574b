package dev.chela.config.secret;

import dev.chela.config.Secret;
import dev.chela.config.SecretsConfig;
import dev.chela.config.json5.Json5;
import dev.chela.config.json5.Json5Exception;
import dev.chela.config.json5.KeyPath;
import dev.chela.config.json5.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.Set;

/** Reads secrets from a file: one value, or a JSON document and a pointer into it. */
public final class FileProvider {

    private static final int BYTES_MAX = 1 << 16;
    private static final Set<PosixFilePermission> OTHERS =
            Set.of(
                    PosixFilePermission.GROUP_READ,
                    PosixFilePermission.GROUP_WRITE,
                    PosixFilePermission.OTHERS_READ,
                    PosixFilePermission.OTHERS_WRITE);

    private FileProvider() {}

    static SecretAnswer read(SecretsConfig.Provider provider, String id) {
        Path file = provider.path().orElse(Path.of(""));
        try {
            Optional<String> complaint =
                    provider.allowInsecurePath() ? Optional.empty() : complaint(file);
            if (complaint.isPresent()) {
                return new SecretAnswer.Unavailable(complaint.get());
            }
            String text = text(file, provider.maxBytes());
            return provider.mode() == SecretsConfig.FileMode.SINGLE_VALUE
                    ? answer(text.strip(), file + " is empty")
                    : answer(pointed(Json5.parse(text, "secrets"), id), id + " is not in " + file);
        } catch (IOException e) {
            return new SecretAnswer.Unavailable(file + " cannot be read: " + e);
        } catch (Json5Exception e) {
            return new SecretAnswer.Unavailable(file + " is not JSON (line " + e.line() + ")");
        }
    }

    /**
     * Reads a token file: a regular file, no link, readable by its owner only; the first line
     * counts.
     */
    public static SecretAnswer tokenFile(Path file) {
        try {
            Optional<String> complaint = complaint(file);
            return complaint.isPresent()
                    ? new SecretAnswer.Unavailable(complaint.get())
                    : answer(text(file, BYTES_MAX).strip(), file + " is empty");
        } catch (IOException e) {
            return new SecretAnswer.Unavailable(file + " cannot be read: " + e);
        }
    }

    private static Optional<String> complaint(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.of(file + " is not a regular file");
        }
        boolean posix = Files.getFileStore(file).supportsFileAttributeView("posix");
        if (posix && Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains)) {
            return Optional.of(file + " can be read by others; run chmod 600 on it");
        }
        return Optional.empty();
    }

    private static String text(Path file, int bytesMax) throws IOException {
        if (Files.size(file) > bytesMax) {
            throw new IOException("larger than " + bytesMax + " bytes");
        }
        return Files.readString(file);
    }

    private static SecretAnswer answer(String value, String otherwise) {
        return value.isEmpty()
                ? new SecretAnswer.Unavailable(otherwise)
                : new SecretAnswer.Available(Secret.of(value));
    }

    /** The text a JSON pointer leads to, or an empty one. */
    private static String pointed(Node document, String pointer) {
        Node at = document;
        String[] steps = pointer.split("/", -1);
        for (int i = 1; i < steps.length; i++) {
            Optional<Node> next = step(at, steps[i].replace("~1", "/").replace("~0", "~"));
            if (next.isEmpty()) {
                return "";
            }
            at = next.get();
        }
        return at instanceof Node.Text text ? text.value() : "";
    }

    private static Optional<Node> step(Node node, String step) {
        if (node instanceof Node.Obj object) {
            return object.get(step);
        }
        String index = "[" + step + "]";
        return node instanceof Node.Arr array
                        && KeyPath.isIndex(index)
                        && KeyPath.indexOf(index) < array.items().size()
                ? Optional.of(array.items().get(KeyPath.indexOf(index)))
                : Optional.empty();
    }
}
