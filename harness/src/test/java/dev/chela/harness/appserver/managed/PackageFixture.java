package dev.chela.harness.appserver.managed;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Builds npm packages for tests. */
final class PackageFixture {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final TarArchiveOutputStream tar;

    PackageFixture() throws IOException {
        tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes));
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    }

    /** A package as the real one is laid out, with some weight that does not compress. */
    static byte[] codex() throws IOException {
        var random = new java.util.Random(7);
        byte[] weight = new byte[300_000];
        random.nextBytes(weight);
        return new PackageFixture()
                .file("package/package.json", 0644, "{}")
                .file(
                        "package/vendor/t/codex-package.json",
                        0644,
                        "{\"entrypoint\":\"bin/codex\",\"pathDir\":\"codex-path\"}")
                .file("package/vendor/t/bin/codex", 0755, "#!/bin/sh\necho ran\n")
                .file("package/vendor/t/codex-path/rg", 0755, "#!/bin/sh\n")
                .file(
                        "package/vendor/t/weight",
                        0644,
                        new String(weight, StandardCharsets.ISO_8859_1))
                .bytes();
    }

    PackageFixture file(String name, int mode, String content) throws IOException {
        byte[] data = content.getBytes(StandardCharsets.ISO_8859_1);
        var entry = new TarArchiveEntry(name, true);
        entry.setSize(data.length);
        entry.setMode(mode);
        tar.putArchiveEntry(entry);
        tar.write(data);
        tar.closeArchiveEntry();
        return this;
    }

    PackageFixture link(String name, String target) throws IOException {
        var entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
        entry.setLinkName(target);
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
        return this;
    }

    byte[] bytes() throws IOException {
        tar.close();
        return bytes.toByteArray();
    }

    static String integrity(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-512").digest(content);
            return "sha512-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
