package dev.chela.config.edit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Keeps the last five versions of a file beside it: {@code .bak}, {@code .bak.1}, … the oldest. */
final class Backups {

    private static final int COUNT = 5;

    private Backups() {}

    static void keep(Path file) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        for (int i = COUNT - 1; i > 0; i--) {
            Path younger = backup(file, i - 1);
            if (Files.exists(younger)) {
                Files.move(younger, backup(file, i), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        AtomicFile.write(backup(file, 0), Files.readString(file));
    }

    static Path backup(Path file, int age) {
        return file.resolveSibling(file.getFileName() + ".bak" + (age == 0 ? "" : "." + age));
    }
}
