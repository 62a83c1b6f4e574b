package dev.chela.config.state;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The native library that the SQLite driver unpacks once a process, a megabyte, and that a killed
 * process leaves behind. It lies in the state directory, so that the next holder finds what was
 * left there; in the system's directory for temporary files nobody ever would.
 */
public final class DriverLibrary {

    private static final Logger LOG = LoggerFactory.getLogger(DriverLibrary.class);

    /** The driver's own setting; whoever gave it on the command line keeps it. */
    static final String PLACE = "org.sqlite.tmpdir";

    private DriverLibrary() {}

    /**
     * Has it unpacked in {@code directory} and removes what is left there. Before the first
     * connection of the process, and only by the holder of the state directory.
     */
    public static void keepIn(Path directory) {
        if (System.getProperty(PLACE) != null) {
            return;
        }
        System.setProperty(PLACE, directory.toString());
        try (DirectoryStream<Path> left = Files.newDirectoryStream(directory, "sqlite-*")) {
            for (Path file : left) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            LOG.warn("cannot tidy {}: {}", directory, e.toString());
        }
    }
}
