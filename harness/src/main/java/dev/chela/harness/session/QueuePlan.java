package dev.chela.harness.session;

import dev.chela.config.QueueMode;
import dev.chela.harness.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What may be done with the messages that wait, in order of arrival. Pure: the lane asks, then
 * acts.
 *
 * @param queued the waiting messages by ticket, none of them parked or ending
 * @param settings what holds for one of them
 */
record QueuePlan(List<QueuedInput> queued, Function<QueuedInput, QueueSettings> settings) {

    QueuePlan {
        queued = List.copyOf(queued);
    }

    /** What to do next. */
    sealed interface Step {

        /** These go together. */
        record Go(List<QueuedInput> batch) implements Step {}

        /** It is not quiet yet; ask again then. */
        record Wait(Instant until) implements Step {}

        /** There is nothing to do. */
        record Nothing() implements Step {}
    }

    /**
     * What to give the running turn of {@code source}: urgent messages at once, else the ones at
     * the head of the queue, after their quiet window. Nothing passes a message that must wait, and
     * nothing joins a turn that answers elsewhere or that has an owner's rights its sender lacks.
     */
    Step steer(Source source, Instant now) {
        List<QueuedInput> urgent =
                queued.stream().filter(one -> one.urgent() && mayJoin(source, one)).toList();
        if (!urgent.isEmpty()) {
            return new Step.Go(urgent);
        }
        List<QueuedInput> head = new ArrayList<>();
        for (QueuedInput one : queued) {
            QueueMode mode = mode(one);
            boolean steers = mode == QueueMode.STEER || mode == QueueMode.QUEUE;
            if (!steers || !mayJoin(source, one) || wouldPass(head, one)) {
                break;
            }
            if (mode == QueueMode.QUEUE && !one.summarized()) {
                return new Step.Go(head.isEmpty() ? List.of(one) : head);
            }
            head.add(one);
        }
        return head.isEmpty() ? new Step.Nothing() : afterQuiet(head, now);
    }

    /**
     * What the next turn is begun with.
     *
     * @param afterTurn whether these waited for a turn to end; only then does collecting wait for
     *     quiet
     */
    Step next(Instant now, boolean afterTurn) {
        if (queued.isEmpty()) {
            return new Step.Nothing();
        }
        List<QueuedInput> batch = new ArrayList<>();
        Optional<QueueMode> leading = Optional.empty();
        for (QueuedInput one : queued) {
            boolean elsewhere = !batch.isEmpty() && !one.sharesTurnWith(batch.getFirst());
            boolean apart = leading.filter(mode -> !merges(mode) || mode != mode(one)).isPresent();
            if (elsewhere || apart || wouldPass(batch, one)) {
                break;
            }
            batch.add(one);
            if (!one.summarized()) {
                leading = Optional.of(mode(one));
            }
        }
        boolean collecting = leading.filter(QueueMode.COLLECT::equals).isPresent();
        return collecting && afterTurn ? afterQuiet(batch, now) : new Step.Go(batch);
    }

    /** Messages that a newer one in mode {@code interrupt}, from the same place, replaces. */
    List<QueuedInput> superseded() {
        List<QueuedInput> replaced = new ArrayList<>();
        for (QueuedInput one : queued) {
            boolean newer =
                    queued.stream()
                            .anyMatch(
                                    other ->
                                            other.ticket() > one.ticket()
                                                    && interrupts(other)
                                                    && other.source()
                                                            .token()
                                                            .equals(one.source().token()));
            if (newer) {
                replaced.add(one);
            }
        }
        return replaced;
    }

    /** Whether a message waits that is to cut the running turn. */
    boolean wantsInterrupt() {
        return queued.stream().anyMatch(this::interrupts);
    }

    /** Lines of shortened messages stand before the whole ones, so none may follow one. */
    private static boolean wouldPass(List<QueuedInput> batch, QueuedInput next) {
        return next.summarized() && batch.stream().anyMatch(one -> !one.summarized());
    }

    private boolean interrupts(QueuedInput one) {
        return !one.urgent() && mode(one) == QueueMode.INTERRUPT;
    }

    private static boolean merges(QueueMode mode) {
        return mode == QueueMode.STEER || mode == QueueMode.COLLECT;
    }

    private static boolean mayJoin(Source running, QueuedInput one) {
        return one.source().token().equals(running.token())
                && (one.source().owner() || !running.owner());
    }

    private Step afterQuiet(List<QueuedInput> batch, Instant now) {
        QueuedInput last = batch.getLast();
        Duration debounce = settings.apply(last).debounce();
        Instant latest =
                batch.stream().map(QueuedInput::submittedAt).max(Instant::compareTo).orElseThrow();
        Instant quiet = latest.plus(debounce);
        return quiet.isAfter(now) ? new Step.Wait(quiet) : new Step.Go(List.copyOf(batch));
    }

    private QueueMode mode(QueuedInput one) {
        return settings.apply(one).mode();
    }
}
