package dev.chela.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much memory a JVM takes, in MiB.
 *
 * @param resident what the kernel counts as its own (VmRSS), shared library pages included
 * @param heap live objects after a full collection
 */
record Footprint(double resident, double heap) {

    private static final Pattern RSS = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    private static final Pattern USED = Pattern.compile("\\bused (\\d+)K");
    private static final double KIB_A_MIB = 1024;

    /** Reads the resident size first: a collection touches the whole heap. */
    static Footprint of(long pid) throws IOException, InterruptedException {
        String status = Files.readString(Path.of("/proc/" + pid + "/status"));
        double resident = first(RSS, status) / KIB_A_MIB;
        command(pid, "GC.run");
        String heap = command(pid, "GC.heap_info").lines().filter(Footprint::isHeap).toList() + "";
        double used = 0;
        for (Matcher match = USED.matcher(heap); match.find(); ) {
            used += Double.parseDouble(match.group(1));
        }
        return new Footprint(resident, used / KIB_A_MIB);
    }

    private static boolean isHeap(String line) {
        String words = line.strip().toLowerCase(Locale.ROOT);
        return words.contains("total") && !words.startsWith("metaspace");
    }

    private static double first(Pattern pattern, String text) {
        Matcher match = pattern.matcher(text);
        return match.find() ? Double.parseDouble(match.group(1)) : Double.NaN;
    }

    private static String command(long pid, String name) throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process process =
                new ProcessBuilder(jcmd.toString(), Long.toString(pid), name)
                        .redirectErrorStream(true)
                        .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return out;
    }
}
