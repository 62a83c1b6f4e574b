package dev.chela.config.testing;

import dev.chela.config.state.Checkpoints;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Checkpoints that remember what was reached: {@code before inbox.accept}, and so on. */
public final class RecordingCheckpoints implements Checkpoints {

    private final List<String> reached = new CopyOnWriteArrayList<>();

    @Override
    public void before(String name) {
        reached.add("before " + name);
    }

    @Override
    public void after(String name) {
        reached.add("after " + name);
    }

    public List<String> reached() {
        return List.copyOf(reached);
    }
}
