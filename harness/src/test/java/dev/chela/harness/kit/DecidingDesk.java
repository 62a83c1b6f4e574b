package dev.chela.harness.kit;

import dev.chela.harness.approval.Approval;
import dev.chela.harness.approval.ApprovalDesk;
import dev.chela.harness.approval.Approvals;
import dev.chela.harness.approval.Decision;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A person who decides every approval at once, as a test says, or leaves it open. */
public final class DecidingDesk implements ApprovalDesk {

    private final List<Approval> shown = new CopyOnWriteArrayList<>();
    private final BlockingQueue<Approval> unseen = new LinkedBlockingQueue<>();
    private volatile Function<Approval, Optional<Decision>> how = _ -> Optional.empty();
    private volatile @Nullable Approvals approvals;

    public void sitAt(Approvals store) {
        approvals = store;
    }

    /** Decides so from now on; empty leaves an approval open. */
    public void deciding(Function<Approval, Optional<Decision>> decide) {
        how = decide;
    }

    /** Waits for the next approval that nobody waited for yet. */
    public Approval nextShown() {
        try {
            var next = unseen.poll(30, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("nobody was asked anything for 30 s");
            }
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Everything that was shown, oldest first. */
    public List<Approval> shown() {
        return List.copyOf(shown);
    }

    @Override
    public boolean shown(Approval approval) {
        shown.add(approval);
        unseen.add(approval);
        var store = approvals;
        var decision = how.apply(approval);
        if (store != null && decision.isPresent()) {
            // The asker is not waiting yet while it shows.
            Thread.ofVirtual()
                    .start(() -> store.decide(approval.id().value(), decision.get(), "the test"));
        }
        return true;
    }

    @Override
    public void settled(Approval approval) {}
}
