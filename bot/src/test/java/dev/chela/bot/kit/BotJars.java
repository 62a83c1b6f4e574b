package dev.chela.bot.kit;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a child bot runs from: the jars of this build, as the launcher does, with an archive of the
 * classes that a bot loads once {@link #archive} made one; this JVM's class path where the classes
 * are newer than the jars.
 */
public final class BotJars {

    private static final Path JAR = Path.of("target", "bot.jar");
    private static final Path LIB = Path.of("target", "lib");
    private static final Path ARCHIVE = Path.of("target", "child-bot.jsa");
    private static final boolean FRESH = areFresh();

    private BotJars() {}

    /** The JVM's options. */
    static List<String> options() {
        if (!FRESH) {
            return List.of("-cp", System.getProperty("java.class.path"));
        }
        List<String> options = new ArrayList<>();
        if (Files.exists(ARCHIVE)) {
            options.addAll(
                    List.of("-XX:SharedArchiveFile=" + ARCHIVE, "-Xlog:cds=off", "-Xlog:aot=off"));
        }
        options.addAll(List.of("-cp", classPath()));
        return options;
    }

    /** Keeps what a bot loads that answers once and ends, so that others start in less time. */
    public static void archive(Path root) throws IOException {
        if (!FRESH) {
            return;
        }
        Files.deleteIfExists(ARCHIVE);
        Path fresh = ARCHIVE.resolveSibling("child-bot-fresh.jsa").toAbsolutePath();
        Map<String, String> option =
                Map.of("JAVA_TOOL_OPTIONS", "-XX:ArchiveClassesAtExit=" + fresh);
        try (CrashStage stage = CrashStage.open(root)) {
            try (ChildBot bot = stage.start(option)) {
                stage.person(0).says("hello");
                Await.until("an answer", () -> stage.isQuiet(1), bot::output);
            }
        }
        Files.move(fresh, ARCHIVE, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String classPath() {
        try (Stream<Path> lib = Files.list(LIB)) {
            return Stream.concat(Stream.of(JAR), lib.sorted())
                    .map(Path::toString)
                    .collect(Collectors.joining(File.pathSeparator));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean areFresh() {
        if (!Files.exists(JAR) || !Files.isDirectory(LIB)) {
            return false;
        }
        try {
            FileTime packed = Files.getLastModifiedTime(JAR);
            for (String module : List.of("config", "channels", "harness", "commands", "bot")) {
                if (isNewer(Path.of("..", module, "target", "classes"), packed)) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isNewer(Path classes, FileTime packed) throws IOException {
        if (!Files.isDirectory(classes)) {
            return false;
        }
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (Files.getLastModifiedTime(file).compareTo(packed) > 0) {
                    return true;
                }
            }
            return false;
        }
    }
}
