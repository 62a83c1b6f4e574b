package dev.chela.bot.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a bot that is at rest and its app-server hold, as Linux tells it.
 *
 * @param turns how many turns there had been
 * @param heapKib what is alive in the bot's heap after a collection
 * @param handles open file handles of the bot but its sockets
 * @param sockets open sockets of the bot; kept connections come and go by time
 * @param serverFiles what the app-server has open but its sockets; a file that its database pools
 *     open several times counts once
 * @param children processes below the bot
 */
public record Footprint(
        int turns,
        long rssKib,
        long heapKib,
        long threads,
        long handles,
        long sockets,
        long children,
        long serverRssKib,
        long serverFiles) {

    /** Names of the columns of {@link #toString}. */
    public static final String COLUMNS =
            "%7s %9s %9s %8s %8s %8s %9s %10s %14s"
                    .formatted(
                            "turns",
                            "rss KiB",
                            "heap KiB",
                            "threads",
                            "handles",
                            "sockets",
                            "children",
                            "codex KiB",
                            "codex files");

    private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");
    private static final int KIB = 1024;

    /** Takes it now; collects the bot's garbage first. */
    public static Footprint of(ChildBot bot, int turns) throws IOException {
        long heap = heapKib(bot.pid());
        List<ProcessHandle> below =
                ProcessHandle.of(bot.pid()).orElseThrow().descendants().toList();
        Optional<Long> server = below.stream().map(ProcessHandle::pid).findFirst();
        List<String> handles = handles(bot.pid());
        return new Footprint(
                turns,
                status(bot.pid(), "VmRSS"),
                heap,
                status(bot.pid(), "Threads"),
                files(handles),
                handles.size() - files(handles),
                below.size(),
                server.isPresent() ? status(server.get(), "VmRSS") : 0,
                server.isPresent()
                        ? handles(server.get()).stream()
                                .distinct()
                                .filter(Footprint::isFile)
                                .count()
                        : 0);
    }

    /** What the handles of the bot's first child are, with how many there are of each. */
    public static Map<String, Long> serverHandles(ChildBot bot) throws IOException {
        ProcessHandle server =
                ProcessHandle.of(bot.pid()).orElseThrow().descendants().findFirst().orElseThrow();
        return handles(server.pid()).stream()
                .map(one -> one.replaceAll("\\[?[0-9][0-9a-fT:.-]{3,}]?", "#"))
                .collect(Collectors.groupingBy(one -> one, TreeMap::new, Collectors.counting()));
    }

    /** What the bot's handles are, for a message. */
    public static List<String> handles(long pid) throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            return all.map(Footprint::target).sorted().toList();
        }
    }

    private static long files(List<String> handles) {
        return handles.stream().filter(Footprint::isFile).count();
    }

    private static boolean isFile(String handle) {
        return !handle.startsWith("socket:");
    }

    private static String target(Path handle) {
        try {
            return Files.readSymbolicLink(handle).toString();
        } catch (IOException closed) {
            return "socket:closed";
        }
    }

    private static long status(long pid, String name) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.replaceAll("\\D", ""))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElseThrow();
    }

    private static long heapKib(long pid) throws IOException {
        Process jcmd =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                                Long.toString(pid),
                                "GC.class_histogram")
                        .redirectErrorStream(true)
                        .start();
        String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            jcmd.waitFor(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted", e));
        }
        Matcher total = TOTAL.matcher(said);
        if (!total.find()) {
            throw new IOException("jcmd said " + said);
        }
        return Long.parseLong(total.group(1)) / KIB;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%7d %9d %9d %8d %8d %8d %9d %10d %14d",
                turns,
                rssKib,
                heapKib,
                threads,
                handles,
                sockets,
                children,
                serverRssKib,
                serverFiles);
    }
}
