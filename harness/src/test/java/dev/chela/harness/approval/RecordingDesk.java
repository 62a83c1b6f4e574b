package dev.chela.harness.approval;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A desk that remembers what it was shown. */
final class RecordingDesk implements ApprovalDesk {

    private final BlockingQueue<Approval> shown = new LinkedBlockingQueue<>();
    private final BlockingQueue<Approval> settled = new LinkedBlockingQueue<>();

    @Override
    public void shown(Approval approval) {
        shown.add(approval);
    }

    @Override
    public void settled(Approval approval) {
        settled.add(approval);
    }

    Approval nextShown() throws InterruptedException {
        return next(shown);
    }

    Approval nextSettled() throws InterruptedException {
        return next(settled);
    }

    private static Approval next(BlockingQueue<Approval> queue) throws InterruptedException {
        Approval approval = queue.poll(10, TimeUnit.SECONDS);
        if (approval == null) {
            throw new AssertionError("the desk was told nothing for 10 s");
        }
        return approval;
    }
}
