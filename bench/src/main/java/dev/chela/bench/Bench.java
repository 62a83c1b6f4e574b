package dev.chela.bench;

import static dev.chela.bench.Table.millis;
import static dev.chela.bench.Table.ratio;
import static dev.chela.bench.Table.whole;

import dev.chela.bench.TurnOverhead.Rival;
import dev.chela.harness.scripted.ScriptedModel;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Measures and prints. Arguments name what to measure: {@code turns crowd tools start}. */
public final class Bench {

    private static final List<String> ALL = List.of("turns", "crowd", "tools", "start");
    private static final String PREVIEWS = "with previews";
    private static final int WARM_UP = 20;
    private static final int PAIRS = Integer.getInteger("chela.pairs", 200);
    private static final int STARTS = 10;

    private Bench() {}

    /**
     * Runs it. Properties: {@code chela.root} is the directory of {@code ./chela}, {@code
     * chela.java.opts} are JVM options behind the launcher's, {@code chela.pairs} is how many turns
     * are compared.
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> wanted = arguments.length == 0 ? ALL : Arrays.asList(arguments);
        System.out.printf("load before: %.2f%n%n", load());
        if (wanted.contains("start")) {
            System.out.println(start());
        }
        ToolTrip tools = new ToolTrip();
        ScriptedModel model = ScriptedModel.builder().otherwise(tools).start();
        try (Bed bed = Bed.start(model)) {
            if (wanted.contains("turns")) {
                System.out.println(turns(bed));
            }
            if (wanted.contains("tools")) {
                System.out.println(tools(bed, tools));
            }
            if (wanted.contains("crowd")) {
                System.out.println(crowd(bed));
            }
        }
        System.out.printf("load after: %.2f%n", load());
    }

    private static Table turns(Bed bed) {
        Table table =
                new Table(
                        "One turn at a time, ms",
                        "people see",
                        "side",
                        "median",
                        "p95",
                        "min",
                        "overhead, median of pairs",
                        "quartiles",
                        "ratio of medians");
        compare(table, bed, "answer only", Rival.SAME);
        compare(table, bed, "answer only", Rival.LEAST);
        compare(table, bed, PREVIEWS, Rival.SAME);
        return table;
    }

    private static void compare(Table table, Bed bed, String seen, Rival rival) {
        BenchChannel channel = seen.equals(PREVIEWS) ? bed.previewing() : bed.plain();
        TurnOverhead.Result result = new TurnOverhead(bed, channel, rival).measure(WARM_UP, PAIRS);
        Series over = result.overhead();
        table.row("", "raw client, " + rival.words(), spread(result.raw()), "", "", "");
        table.row(
                seen,
                "Chela",
                spread(result.bot()),
                "**" + millis(over.median()) + "**",
                millis(over.quantile(0.25)) + " to " + millis(over.quantile(0.75)),
                ratio(result.bot().median() / result.raw().median()));
    }

    private static Table crowd(Bed bed) {
        Table table =
                new Table(
                        "Sessions that speak at once, ms",
                        "sessions",
                        "turns",
                        "raw p50",
                        "raw p95",
                        "Chela p50",
                        "Chela p95",
                        "difference of p50",
                        "ratio of p50");
        for (int sessions : new int[] {1, 10, 50}) {
            TurnOverhead.Result result = new Crowd(bed, sessions).measure(rounds(sessions));
            Series raw = result.raw();
            Series bot = result.bot();
            table.row(
                    whole(sessions),
                    whole(bot.values().size()),
                    millis(raw.median()),
                    millis(raw.quantile(0.95)),
                    millis(bot.median()),
                    millis(bot.quantile(0.95)),
                    millis(bot.median() - raw.median()),
                    ratio(bot.median() / raw.median()));
        }
        return table;
    }

    private static int rounds(int sessions) {
        return Math.max(4, 100 / sessions);
    }

    private static Table tools(Bed bed, ToolTrip tools) {
        ToolTrip.Result result = tools.measure(bed, WARM_UP, 100);
        return new Table("A call of the `message` tool, ms", "until", "p50", "p95", "min")
                .row("the message is shown", spread(result.toShown()))
                .row("the model has the result", spread(result.toResult()));
    }

    private static Table start() throws IOException, InterruptedException {
        Path root = Path.of(System.getProperty("chela.root", ".")).toAbsolutePath();
        String options = System.getProperty("chela.java.opts", "");
        StartUp.Result result = new StartUp(root, options).measure(STARTS);
        Series ready = result.ready();
        return new Table("The process", "what", "median", "min to max")
                .row("ready, ms", whole(ready.median()), range(ready))
                .row("ready on an empty state directory, ms", whole(result.first()), "one start")
                .row("resident 5 s after ready, MiB", whole(result.idle().resident()), "")
                .row("live heap then, MiB", whole(result.idle().heap()), "")
                .row("resident after 10 turns, MiB", whole(result.used().resident()), "")
                .row("live heap then, MiB", whole(result.used().heap()), "");
    }

    private static String range(Series series) {
        return whole(series.min()) + " to " + whole(series.max());
    }

    /** Three cells. */
    private static String spread(Series series) {
        return String.join(
                " | ",
                millis(series.median()),
                millis(series.quantile(0.95)),
                millis(series.min()));
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }
}
