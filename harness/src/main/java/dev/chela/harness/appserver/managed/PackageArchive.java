package dev.chela.harness.appserver.managed;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Unpacks an npm package, trusting nothing in it but its digest. */
final class PackageArchive {

    private static final int ENTRIES_MAX = 20_000;

    private final long bytesMax;

    /**
     * An unpacker.
     *
     * @param bytesMax what all files together may hold
     */
    PackageArchive(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    /**
     * Unpacks into an empty directory, without the archive's outermost folder.
     *
     * @throws IOException if an entry leaves the directory, is a link or device, or it is too much
     */
    void unpack(Path archive, Path directory) throws IOException {
        Path root = directory.toAbsolutePath().normalize();
        Files.createDirectories(root);
        long bytes = 0;
        int entries = 0;
        try (InputStream file = new BufferedInputStream(Files.newInputStream(archive), 1 << 18);
                var tar = new TarArchiveInputStream(new GZIPInputStream(file, 1 << 16))) {
            for (TarArchiveEntry entry = tar.getNextEntry();
                    entry != null;
                    entry = tar.getNextEntry()) {
                entries++;
                bytes += Math.max(0, entry.getSize());
                if (entries > ENTRIES_MAX || bytes > bytesMax) {
                    throw new IOException(
                            "the package holds more than %d bytes or %d files"
                                    .formatted(bytesMax, ENTRIES_MAX));
                }
                one(tar, entry, root);
            }
        }
    }

    private static void one(TarArchiveInputStream tar, TarArchiveEntry entry, Path root)
            throws IOException {
        boolean plain = entry.isFile() && !entry.isLink() && !entry.isSymbolicLink();
        if (!entry.isDirectory() && !plain) {
            throw new IOException("the package holds a link or device: " + shown(entry));
        }
        Path target = target(entry, root);
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        write(tar, target);
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            boolean executable = (entry.getMode() & 0111) != 0;
            Files.setPosixFilePermissions(
                    target,
                    PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }

    /** On the disk before the directory gets its name: a power cut leaves no half program. */
    private static void write(TarArchiveInputStream tar, Path target) throws IOException {
        try (FileChannel file =
                        FileChannel.open(
                                target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                OutputStream out = Channels.newOutputStream(file)) {
            tar.transferTo(out);
            file.force(true);
        }
    }

    private static Path target(TarArchiveEntry entry, Path root) throws IOException {
        String name = entry.getName().replace('\\', '/');
        int slash = name.indexOf('/');
        try {
            Path target = root.resolve(name.substring(slash + 1)).normalize();
            boolean climbs = name.startsWith("/") || ("/" + name + "/").contains("/../");
            if (slash >= 0 && !climbs && target.startsWith(root)) {
                return target;
            }
        } catch (InvalidPathException e) {
            throw new IOException("the package holds an unusable name: " + shown(entry), e);
        }
        throw new IOException("the package holds a file outside itself: " + shown(entry));
    }

    private static String shown(TarArchiveEntry entry) {
        String name = entry.getName();
        return name.length() > 200 ? name.substring(0, 200) + "…" : name;
    }
}
