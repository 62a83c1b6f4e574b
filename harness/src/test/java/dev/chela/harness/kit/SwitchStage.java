package dev.chela.harness.kit;

import dev.chela.harness.appserver.AppServer;
import java.nio.file.Path;

/** A stage that is exchanged under a harness that stays. */
public final class SwitchStage implements Stage {

    private volatile Stage now;

    public SwitchStage(Stage first) {
        now = first;
    }

    /** Plays on this one from now on, and closes the one before. */
    public void turnTo(Stage next) {
        var before = now;
        now = next;
        before.close();
    }

    @Override
    public AppServer server() {
        return now.server();
    }

    @Override
    public void kill() {
        now.kill();
    }

    @Override
    public Path workspace() {
        return now.workspace();
    }

    @Override
    public void close() {
        now.close();
    }
}
