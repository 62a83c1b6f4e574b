package dev.chela.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The project's own Java files and migrations. */
final class SourceTree {

    static final List<String> MODULES =
            List.of("config", "channels", "harness", "commands", "bot", "bench");

    private SourceTree() {}

    static Path root() {
        Path here = Path.of("").toAbsolutePath();
        while (!Files.exists(here.resolve("mvnw"))) {
            here = here.getParent();
        }
        return here;
    }

    static List<SourceFile> main() {
        return files("src/main/java", ".java");
    }

    static List<SourceFile> tests() {
        return files("src/test/java", ".java");
    }

    static List<SourceFile> migrations() {
        return files("src/main/resources", ".sql");
    }

    private static List<SourceFile> files(String below, String ending) {
        Path root = root();
        return MODULES.stream()
                .map(module -> root.resolve(module).resolve(below))
                .filter(Files::isDirectory)
                .flatMap(SourceTree::walk)
                .filter(path -> path.toString().endsWith(ending))
                .map(path -> new SourceFile(root.relativize(path).toString(), read(path)))
                .toList();
    }

    private static Stream<Path> walk(Path directory) {
        try {
            return Files.walk(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    record SourceFile(String path, String text) {

        List<String> lines() {
            return text.lines().toList();
        }
    }
}
