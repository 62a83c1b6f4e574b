package dev.chela.bot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The names of all checkpoints and write jobs, read from the sources, and the one list of those
 * that the crash suite does not halt at, each with its reason.
 */
final class CheckpointNames {

    /** What looks like a name of these owners is one. */
    private static final Pattern NAME =
            Pattern.compile(
                    "\"((?:access|approval|appserver|audit|codex|delivery|discord|inbox|preview"
                            + "|session|slack|state|telegram|tools|web)\\.[a-z]\\w*)\"");

    /** A call whose name comes from elsewhere: its file must be known, else names could hide. */
    private static final Pattern CALL =
            Pattern.compile(
                    "(?:\\bwriteNow|[dD]atabase\\s*\\.write"
                            + "|[cC]heckpoints(?:\\(\\))?\\s*\\.(?:before|after))"
                            + "\\(\\s*([^\\s\"])");

    /** Files that pass a name on; the literals are in the files that call them. */
    private static final Set<String> PASS_ON =
            Set.of(
                    "Database.java",
                    "SqliteDatabase.java",
                    "WriteLoop.java",
                    "HaltingCheckpoints.java",
                    "Platform.java",
                    "TelegramChannel.java",
                    "MessageTable.java");

    /** What else looks like one. */
    private static final Map<String, String> NOT_NAMES =
            Map.of(
                    "codex.exe", "a file name",
                    "discord.channelAudience", "a key of the config",
                    "tools.deny", "a key of the config");

    private static final Map<String, String> NOT_HALTED_AT = notHaltedAt();

    private CheckpointNames() {}

    private static Map<String, String> notHaltedAt() {
        Map<String, String> reasons = new TreeMap<>();
        reasons.put("delivery.ask", "no channel of the suite can be asked about a lost send");
        return reasons;
    }

    /** Why the suite does not halt there, by name. */
    static Map<String, String> reasons() {
        return NOT_HALTED_AT;
    }

    /** Every name in the main sources of every module. */
    static Set<String> inSources() {
        Set<String> names = new TreeSet<>();
        sources()
                .forEach(
                        file ->
                                NAME.matcher(text(file))
                                        .results()
                                        .forEach(it -> names.add(it.group(1))));
        names.removeAll(NOT_NAMES.keySet());
        return names;
    }

    /** Calls outside the known files whose name is no literal. */
    static List<String> hidden() {
        return sources().stream()
                .filter(file -> !PASS_ON.contains(file.getFileName().toString()))
                .flatMap(
                        file ->
                                CALL.matcher(text(file))
                                        .results()
                                        .map(call -> file.getFileName() + ": " + call.group()))
                .toList();
    }

    private static List<Path> sources() {
        Path root = Path.of("").toAbsolutePath().getParent();
        try (Stream<Path> files = Files.walk(root, 20)) {
            return files.filter(file -> file.toString().contains("/src/main/java/"))
                    .filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
