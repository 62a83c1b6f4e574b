package dev.chela.bot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.TestReporter;

/**
 * The seeds of a kill suite. {@code -Dchela.kill.seed=N} runs that one alone, {@code
 * -Dchela.kill.seeds=N} that many.
 */
record KillSeeds(String suite, List<Long> seeds, int atOnce) {

    private static final long FIRST = 4711;

    /** What every build can afford. */
    static KillSeeds few(String suite) {
        return of(suite, 5);
    }

    /** What the long profile runs. */
    static KillSeeds many(String suite) {
        return of(suite, 50);
    }

    private static KillSeeds of(String suite, int usual) {
        Long only = Long.getLong("chela.kill.seed");
        int count = Integer.getInteger("chela.kill.seeds", usual);
        return new KillSeeds(
                suite,
                only == null
                        ? LongStream.range(FIRST, FIRST + count).boxed().toList()
                        : List.of(only),
                2);
    }

    /** One at a time. */
    KillSeeds inTurn() {
        return new KillSeeds(suite, seeds, 1);
    }

    /** What is done with a seed; says what came of it. */
    @FunctionalInterface
    interface Play {
        String seed(long seed) throws IOException;
    }

    /** Plays them all and reports each, also those that failed. */
    void run(Play play, TestReporter reporter) throws InterruptedException, ExecutionException {
        TreeMap<Long, String> results = new TreeMap<>();
        List<String> wrong = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(atOnce)) {
            List<Callable<String>> runs = new ArrayList<>();
            seeds.forEach(seed -> runs.add(() -> played(play, seed)));
            List<Future<String>> played = threads.invokeAll(runs);
            for (int at = 0; at < seeds.size(); at++) {
                results.put(seeds.get(at), played.get(at).get());
            }
        }
        results.forEach(
                (seed, result) -> {
                    reporter.publishEntry("kill " + suite + " seed " + seed, result);
                    if (result.startsWith(WRONG)) {
                        wrong.add("-Dchela.kill.seed=" + seed + " " + result);
                    }
                });
        assertThat(wrong).isEmpty();
    }

    private static final String WRONG = "wrong: ";

    private static String played(Play play, long seed) throws IOException {
        try {
            return play.seed(seed);
        } catch (AssertionError failed) {
            return WRONG + failed.getMessage();
        }
    }
}
