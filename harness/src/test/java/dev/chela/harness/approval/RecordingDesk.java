package dev.chela.harness.approval;

import dev.chela.config.state.DatabaseException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A desk that remembers what it was shown. */
final class RecordingDesk implements ApprovalDesk {

    /** Whether anybody sees what is shown. */
    volatile boolean reachable = true;

    /** Whether it cannot show how anything ended. */
    volatile boolean broken;

    private final BlockingQueue<Approval> shown = new LinkedBlockingQueue<>();
    private final BlockingQueue<Approval> settled = new LinkedBlockingQueue<>();

    @Override
    public boolean shown(Approval approval) {
        shown.add(approval);
        return reachable;
    }

    @Override
    public void settled(Approval approval) {
        if (broken) {
            throw new DatabaseException("this desk is broken", null);
        }
        settled.add(approval);
    }

    Approval nextShown() throws InterruptedException {
        return next(shown);
    }

    Approval nextSettled() throws InterruptedException {
        return next(settled);
    }

    int settledCount() {
        return settled.size();
    }

    private static Approval next(BlockingQueue<Approval> queue) throws InterruptedException {
        Approval approval = queue.poll(10, TimeUnit.SECONDS);
        if (approval == null) {
            throw new AssertionError("the desk was told nothing for 10 s");
        }
        return approval;
    }
}
