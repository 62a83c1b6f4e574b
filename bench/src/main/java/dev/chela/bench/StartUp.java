package dev.chela.bench;

import dev.chela.harness.scripted.ScriptedModel;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The bot as a process: how soon it is ready and how much memory it takes. */
final class StartUp {

    private static final Duration IDLE = Duration.ofSeconds(5);
    private static final int TURNS = 10;

    private final Path root;
    private final String options;

    /**
     * @param root where {@code ./chela} is, built
     * @param options for the JVM, behind the launcher's own
     */
    StartUp(Path root, String options) {
        this.root = root;
        this.options = options;
    }

    /**
     * What was found.
     *
     * @param first milliseconds of a start on an empty state directory, which makes the database
     * @param ready of the starts after it
     * @param idle five seconds after it was ready
     * @param used after ten turns in the web chat
     */
    record Result(double first, Series ready, Footprint idle, Footprint used) {}

    /**
     * @param starts that are counted; before them the JVM's class archive is made
     */
    Result measure(int starts) throws IOException, InterruptedException {
        try (Scratch scratch = Scratch.create();
                ScriptedModel model = ScriptedModel.start()) {
            Gateway.prepare(scratch.path(), model.baseUrl());
            readyMillis(scratch);
            double first;
            try (Scratch fresh = Scratch.create()) {
                Gateway.prepare(fresh.path(), model.baseUrl());
                first = readyMillis(fresh);
            }
            List<Double> ready = new ArrayList<>();
            for (int at = 0; at < starts; at++) {
                ready.add(readyMillis(scratch));
            }
            try (Gateway gateway = Gateway.start(root, scratch.path(), options)) {
                Quiet.rest(IDLE);
                Footprint idle = Footprint.of(gateway.pid());
                for (int turn = 0; turn < TURNS; turn++) {
                    gateway.turn("turn " + turn);
                }
                Quiet.rest(IDLE);
                return new Result(first, new Series(ready), idle, Footprint.of(gateway.pid()));
            }
        }
    }

    private double readyMillis(Scratch scratch) throws IOException {
        try (Gateway gateway = Gateway.start(root, scratch.path(), options)) {
            return gateway.readyMillis();
        }
    }
}
