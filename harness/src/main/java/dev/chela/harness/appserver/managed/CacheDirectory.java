package dev.chela.harness.appserver.managed;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/**
 * Where packages lie, shared by all state directories of a user: {@code CHELA_CACHE_DIR}, else
 * {@code XDG_CACHE_HOME/chela} if that is absolute, else {@code ~/.cache/chela}.
 */
record CacheDirectory(Path root) {

    static CacheDirectory of(Map<String, String> environment, Path home) {
        return new CacheDirectory(
                named(environment, "CHELA_CACHE_DIR")
                        .map(written -> written.replaceFirst("^~(?=/|$)", quoted(home)))
                        .map(written -> Path.of(written).toAbsolutePath().normalize())
                        .or(() -> xdg(environment).map(cache -> cache.resolve("chela")))
                        .orElseGet(() -> home.resolve(".cache").resolve("chela")));
    }

    /** All packages. */
    Path packages() {
        return root.resolve("codex");
    }

    Path installed(CodexLock.Entry entry) {
        return packages().resolve(entry.version());
    }

    Path partial(CodexLock.Entry entry) {
        return packages().resolve("." + entry.version() + ".tgz.part");
    }

    Path staging(CodexLock.Entry entry) {
        return packages().resolve("." + entry.version() + ".staging");
    }

    Path lock(CodexLock.Entry entry) {
        return packages().resolve("." + entry.version() + ".lock");
    }

    /** Deletes a tree; links are deleted, not followed. */
    static void delete(Path tree) throws IOException {
        if (!Files.exists(tree, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(
                tree,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.delete(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(
                            Path directory, @Nullable IOException failure) throws IOException {
                        Files.delete(directory);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    private static Optional<Path> xdg(Map<String, String> environment) {
        return named(environment, "XDG_CACHE_HOME").map(Path::of).filter(Path::isAbsolute);
    }

    private static Optional<String> named(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    private static String quoted(Path home) {
        return Matcher.quoteReplacement(home.toString());
    }
}
