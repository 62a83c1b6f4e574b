package dev.chela.harness.session;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/** Keeps tasks until a test lets one of them run, in any order. */
final class SteppedExecutor implements Executor {

    private final List<Runnable> waiting = new ArrayList<>();

    @Override
    public void execute(Runnable task) {
        waiting.add(task);
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    void runOne(RandomGenerator random) {
        waiting.remove(random.nextInt(waiting.size())).run();
    }
}
