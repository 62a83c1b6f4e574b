package dev.chela.harness.computeruse;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** The marketplace that the desktop app of macOS brings with it. */
final class Bundled {

    private static final Path FOLDER =
            Path.of("/Applications/Codex.app/Contents/Resources/plugins/openai-bundled");

    private Bundled() {}

    /** Its file, if this machine may have it. */
    static Optional<String> of(String osName, Predicate<Path> isFile) {
        Path file = FOLDER.resolve(Marketplaces.FILE);
        return osName.toLowerCase(Locale.ROOT).startsWith("mac") && isFile.test(file)
                ? Optional.of(file.toString())
                : Optional.empty();
    }
}
