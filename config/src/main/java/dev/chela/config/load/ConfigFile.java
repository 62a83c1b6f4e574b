package dev.chela.config.load;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** The text of a config file and the hash that tells whether it changed. */
public record ConfigFile(Path path, Optional<String> text) {

    /** Larger files are no config. */
    static final long BYTES_MAX = 4 << 20;

    /**
     * Reads a file; a missing one has no text.
     *
     * @throws IOException if it is there but cannot be read, is too large or not UTF-8
     */
    public static ConfigFile read(Path path) throws IOException {
        try {
            if (Files.size(path) > BYTES_MAX) {
                throw new IOException("is larger than " + BYTES_MAX + " bytes");
            }
            return new ConfigFile(
                    path, Optional.of(Files.readString(path, StandardCharsets.UTF_8)));
        } catch (NoSuchFileException e) {
            return new ConfigFile(path, Optional.empty());
        } catch (CharacterCodingException e) {
            throw new IOException("is not UTF-8 text", e);
        }
    }

    /** SHA-256 of the text, in hexadecimal; {@code absent} for a missing file. */
    public String hash() {
        return text.map(ConfigFile::hashOf).orElse("absent");
    }

    public static String hashOf(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JRE has SHA-256", e);
        }
    }
}
