package dev.chela.channels.http;

import dev.chela.config.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a caller must know to be let in. The cookie carries a value derived from it, so that a
 * leaked cookie is not the token itself.
 */
public final class AccessToken {

    private static final int BYTES = 32;

    private final Secret token;
    private final Secret cookie;

    private AccessToken(Secret token) {
        this.token = token;
        this.cookie = Secret.of(derive(token, "cookie"));
    }

    /**
     * Without the blanks around it, which neither a header nor somebody who types it can carry.
     *
     * @throws IllegalArgumentException if nothing is left
     */
    public static AccessToken of(Secret token) {
        String bare = token.reveal().strip();
        if (bare.isEmpty()) {
            throw new IllegalArgumentException("the access token is blank");
        }
        return new AccessToken(Secret.of(bare));
    }

    /** A new token of 256 bits. */
    public static AccessToken random(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return of(Secret.of(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)));
    }

    /**
     * The token kept in {@code file} (mode 0600), made on first use, so that an open page stays
     * signed in over a restart.
     */
    public static AccessToken keptIn(Path file, SecureRandom random) {
        try {
            if (!Files.exists(file) || Files.size(file) == 0) {
                write(file, random(random));
            }
            return of(Secret.of(Files.readString(file)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read or write the access token " + file, e);
        }
    }

    /** The token itself, for the address that is shown to the owner. */
    public Secret token() {
        return token;
    }

    /** A name of this server that is safe to show; tells two servers on one port apart. */
    public String fingerprint() {
        return derive(token, "fingerprint").substring(0, 12);
    }

    Secret cookie() {
        return cookie;
    }

    boolean isToken(String candidate) {
        return same(token, candidate);
    }

    boolean isCookie(String candidate) {
        return same(cookie, candidate);
    }

    private static boolean same(Secret expected, String candidate) {
        return MessageDigest.isEqual(
                expected.reveal().getBytes(StandardCharsets.UTF_8),
                candidate.getBytes(StandardCharsets.UTF_8));
    }

    private static void write(Path file, AccessToken token) throws IOException {
        try {
            Files.createFile(file);
        } catch (FileAlreadyExistsException e) {
            return;
        }
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
        Files.writeString(file, token.token.reveal() + "\n", StandardOpenOption.TRUNCATE_EXISTING);
    }

    private static String derive(Secret token, String purpose) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(
                    new SecretKeySpec(
                            token.reveal().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] bytes = mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no HmacSHA256", e);
        }
    }
}
