package dev.chela.harness.appserver.managed;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The digest of a package as npm writes it: {@code sha512-} and base64. */
final class Integrity {

    private static final String PREFIX = "sha512-";

    private Integrity() {}

    static boolean matches(Path file, String expected) throws IOException {
        if (!expected.startsWith(PREFIX)) {
            return false;
        }
        byte[] wanted = Base64.getDecoder().decode(expected.substring(PREFIX.length()));
        return MessageDigest.isEqual(wanted, sha512(file));
    }

    private static byte[] sha512(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-512");
            byte[] chunk = new byte[256 * 1024];
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                digest.update(chunk, 0, read);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-512", e);
        }
    }
}
