package dev.chela.harness.codex;

import dev.chela.harness.InputKey;
import dev.chela.harness.ThreadId;
import dev.chela.harness.TurnEvent;
import dev.chela.harness.TurnId;
import dev.chela.harness.TurnOutcome;
import dev.chela.harness.appserver.protocol.CodexTurn;
import dev.chela.harness.appserver.protocol.ServerNotification;
import dev.chela.harness.appserver.protocol.ThreadItem;
import dev.chela.harness.appserver.protocol.TurnStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The state of one turn. Fed with everything that happens to it, says what to do next. Pure: no
 * threads, no clock, no I/O; the time comes with each input.
 *
 * <p>Only {@code turn/completed}, or Codex's own word when asked, ends a turn. Notifications of
 * other turn ids are not ours and move nothing.
 */
final class TurnMachine {

    private final ThreadId thread;
    private final InputKey input;
    private final Watches watches;
    private final Instant startedAt;
    private final TurnWork work;
    private final TakenInputs taken;
    private final PeopleAsked people = new PeopleAsked();
    private final SecondAsking second = new SecondAsking();
    private final Stopping stop;
    private final StillWorking stillWorking;

    private final List<TurnStep> steps = new ArrayList<>();
    private @Nullable TurnId turn;
    private boolean named;
    private boolean asking;
    private boolean cut;
    private boolean begunBefore;
    private boolean joined;
    private boolean unattended;
    private boolean overran;
    private boolean delivered;
    private boolean ended;
    private boolean foundBusy;
    private boolean endedMeanwhile;

    /** Of a turn that begins now. */
    TurnMachine(ThreadId thread, InputKey input, String words, Watches watches, Instant now) {
        this(thread, input, words, watches, now, now);
    }

    /**
     * @param startedAt when it began, perhaps in an earlier process
     */
    TurnMachine(
            ThreadId thread,
            InputKey input,
            String words,
            Watches watches,
            Instant startedAt,
            Instant now) {
        this.thread = thread;
        this.input = input;
        this.watches = watches;
        this.startedAt = startedAt;
        this.work = new TurnWork(watches, now, this::emit);
        this.taken = new TakenInputs(input, words);
        this.stop = new Stopping(watches.stop());
        this.stillWorking = new StillWorking(startedAt);
    }

    /** Takes one input; the steps are to be carried out in order. */
    List<TurnStep> accept(TurnInput what, Instant now) {
        steps.clear();
        if (!ended) {
            switch (what) {
                case TurnInput.Accepted(TurnId id) -> accepted(id, now);
                case TurnInput.Joined(TurnId id) -> joined(id, now);
                case TurnInput.Unanswered() -> ask("turn/start was not answered", now);
                case TurnInput.Doubted(String why) when !people.isAsked() -> ask(why, now);
                case TurnInput.Doubted _ -> {} // a person thinks, who has a limit of their own
                case TurnInput.Notified(ServerNotification notification) ->
                        notified(notification, now);
                case TurnInput.Asked asked -> asked(asked, now);
                case TurnInput.Replied replied -> replied(replied, now);
                case TurnInput.Steered(InputKey key, String words) -> taken.expect(key, words);
                case TurnInput.Stop(TurnOutcome.Cause cause) -> stop(cause, now);
                case TurnInput.NotInterrupted() -> stop.refused();
                case TurnInput.Cut() -> cut(now);
                case TurnInput.Found(Optional<TurnId> id) -> found(id, now);
                case TurnInput.Told(TurnFacts facts, boolean early) -> told(facts, early, now);
                case TurnInput.Woken() -> woken(now);
            }
            if (stop.cameTooEarly() && turn != null && !asking && !ended) {
                interrupt(now);
            }
        }
        return List.copyOf(steps);
    }

    /** When to be woken if nothing happens before. */
    Optional<Instant> wakeAt() {
        if (ended) {
            return Optional.empty();
        }
        return Stream.concat(alarms(), stop.due().stream()).min(Comparator.naturalOrder());
    }

    private Stream<Instant> alarms() {
        if (asking) {
            return second.due().stream();
        }
        if (people.isAsked()) {
            return Stream.empty();
        }
        Instant quiet = work.armed().due();
        return overran ? Stream.of(quiet) : Stream.of(quiet, people.ends(startedAt, watches));
    }

    /** Codex's name of the turn, once it is known. */
    Optional<TurnId> turn() {
        return Optional.ofNullable(turn);
    }

    /** Whether what it followed was, as it turned out, another client's turn. */
    boolean followedAnother() {
        return joined;
    }

    /** Whether what it asks is for us: it has our input, or waits perhaps for somebody who left. */
    boolean isOurs() {
        return unattended || (named && !(joined && !taken.knows(input)));
    }

    private void accepted(TurnId id, Instant now) {
        adopt(id);
        work.given(now);
        if (stop.isWished()) {
            interrupt(now);
        }
    }

    /** Its name is kept to ourselves until it took our input: a restart must not look there. */
    private void joined(TurnId id, Instant now) {
        joined = true;
        turn = id;
        work.given(now);
        if (stop.isWished()) {
            interrupt(now);
        }
    }

    private void adopt(TurnId id) {
        if (!named || !id.equals(turn)) {
            turn = id;
            named = true;
            emit(new TurnEvent.Started(thread, id));
        }
    }

    private void notified(ServerNotification notification, Instant now) {
        switch (notification) {
            case ServerNotification.HookStarted hook when ours(hook.turnId()) -> work.started(hook);
            case ServerNotification.HookCompleted hook when ours(hook.turnId()) ->
                    work.completed(hook, now);
            case ServerNotification.OfTurn ofTurn when ours(ofTurn.turnId()) -> {
                work.heard(ofTurn.method());
                stop.heard();
                progress(ofTurn, now);
            }
            case ServerNotification.ItemStarted started
                    when turn == null && isOurInput(started.item()) -> {
                // The answer to turn/start is missing, but this says the same.
                adopt(started.turnId());
                progress(started, now);
            }
            case ServerNotification other -> {
                // Not about this turn: neither progress nor an end.
                if (turn == null && other instanceof ServerNotification.TurnCompleted) {
                    endedMeanwhile = asking;
                    ask("a turn ended that might have taken it", now);
                }
            }
        }
    }

    private boolean isOurInput(ThreadItem item) {
        return item instanceof ThreadItem.UserMessage message
                && input.value().equals(message.clientId());
    }

    private boolean ours(@Nullable TurnId id) {
        return id != null && id.equals(turn);
    }

    private void progress(ServerNotification.OfTurn notification, Instant now) {
        switch (notification) {
            case ServerNotification.TurnCompleted done -> {
                if (asking && cut) {
                    // Not all of it was heard: what Codex is being asked for is whole.
                    endedMeanwhile = true;
                } else {
                    completed(done.turn());
                }
            }
            case ServerNotification.ItemStarted(
                            ThreadId _,
                            TurnId _,
                            ThreadItem.UserMessage message) ->
                    tookIn(message, now);
            case ServerNotification.OfTurn other -> work.heard(other, now);
        }
    }

    private void tookIn(ThreadItem.UserMessage message, Instant now) {
        work.retract();
        tookIn(taken.seen(message).stream().toList());
        // Another client was faster: our start has steered its turn.
        joined |= message.clientId() != null && !taken.knows(input);
        work.given(now);
    }

    private void asked(TurnInput.Asked asked, Instant now) {
        work.asked(asked.request(), now);
        people.asked(asked, now).ifPresent(this::emit);
    }

    private void replied(TurnInput.Replied replied, Instant now) {
        people.answered(replied.request(), now).ifPresent(this::emit);
        delivered |= replied.delivered();
        work.replied(replied, now);
    }

    private void stop(TurnOutcome.Cause cause, Instant now) {
        if (stop.wish(cause)) {
            if (turn != null && !asking) {
                interrupt(now);
            } else if (turn == null && foundBusy) {
                ask("stopped before Codex showed it", now);
            }
            if (asking) {
                stop.waits(now);
            }
        }
    }

    private void interrupt(Instant now) {
        stop.sent(now);
        steps.add(new TurnStep.Interrupt());
    }

    private void found(Optional<TurnId> id, Instant now) {
        begunBefore = true;
        turn = id.orElse(null);
        cut(now);
    }

    private void cut(Instant now) {
        if (cut && asking) {
            return;
        }
        cut = true;
        second.forget();
        waitForWord(now);
        people.left(now).ifPresent(this::emit);
        work.cut();
        steps.add(new TurnStep.Reconnect());
    }

    private void woken(Instant now) {
        if (asking) {
            wokenAsking(now);
            return;
        }
        QuietWatch.Armed armed = work.armed();
        if (stop.isOverdue(now)) {
            ask(Watch.INTERRUPT, now);
        } else if (people.isAsked()) {
            return; // an alarm armed before a person was asked
        } else if (!overran && !now.isBefore(people.ends(startedAt, watches))) {
            overran = true;
            ask(Watch.RUN, now);
        } else if (!now.isBefore(armed.due())) {
            ask(armed.watch(), now);
        }
    }

    private void waitForWord(Instant now) {
        asking = true;
        stop.waits(now);
    }

    /** A person who wants it to end need not wait until Codex can be asked. */
    private void wokenAsking(Instant now) {
        if (stop.isOverdue(now)) {
            if (turn != null) {
                steps.add(new TurnStep.Interrupt());
            }
            end(interruption(), false);
        } else if (second.isDue(now)) {
            steps.add(new TurnStep.Reconnect());
        }
    }

    private void ask(Watch watch, Instant now) {
        ask(work.ranOut(watch, Duration.between(startedAt, now), now), now);
    }

    private void ask(String why, Instant now) {
        if (!asking) {
            waitForWord(now);
            steps.add(new TurnStep.Ask(why));
        }
    }

    private void told(TurnFacts facts, boolean early, Instant now) {
        if (early && !stop.isWished() && second.doubts(facts, now)) {
            return; // still asking
        }
        asking = false;
        switch (facts) {
            case TurnFacts.Ended(CodexTurn said) -> endedAs(said);
            case TurnFacts.InProgress(Optional<CodexTurn> said) -> stillRunning(said, now);
            case TurnFacts.NeverTaken() -> neverTaken();
            case TurnFacts.Forgotten() -> forgotten();
            case TurnFacts.Unreachable(String why) -> unreachable(why);
        }
    }

    private void endedAs(CodexTurn said) {
        List<InputKey> news = taken.all(said);
        if (isForeign()) {
            again();
            return;
        }
        adopt(said.id());
        tookIn(news);
        boolean lost = said.status() == TurnStatus.INTERRUPTED && cut && !stop.isWished();
        if (lost) {
            end(uncertain(), true);
        } else {
            completed(said);
        }
    }

    private void tookIn(List<InputKey> news) {
        TurnId now = turn;
        if (joined && now != null && taken.knows(input)) {
            adopt(now);
        }
        news.forEach(key -> emit(new TurnEvent.InputTaken(key)));
    }

    /** Whether the turn we follow is another client's and did not take our input. */
    private boolean isForeign() {
        return joined && !stop.isWished() && !taken.knows(input);
    }

    /** Nothing of ours was begun, whatever was seen. */
    private void again() {
        work.end();
        ended = true;
        steps.add(new TurnStep.Rerun());
    }

    private void completed(CodexTurn said) {
        if (isForeign()) {
            again();
            return;
        }
        work.retract();
        work.catchUp(said);
        end(
                switch (said.status()) {
                    case COMPLETED -> completion();
                    case FAILED -> Failures.of(said.error());
                    case INTERRUPTED, IN_PROGRESS, UNKNOWN -> interruption();
                },
                true);
    }

    private TurnOutcome completion() {
        return new TurnOutcome.Completed(work.answer(), delivered, work.media());
    }

    private TurnOutcome interruption() {
        if (overran) {
            return Failures.failed(TurnOutcome.Failure.TIMEOUT, Optional.of(watches.limit()));
        }
        return new TurnOutcome.Interrupted(
                stop.cause().orElse(TurnOutcome.Cause.EXTERNAL), work.partial());
    }

    private void stillRunning(Optional<CodexTurn> said, Instant now) {
        cut = false;
        foundBusy = true;
        said.ifPresent(
                running -> {
                    List<InputKey> news = taken.all(running);
                    joined |= TurnFacts.isJoined(running, input);
                    if (!isForeign()) {
                        adopt(running.id());
                    }
                    tookIn(news);
                    work.catchUp(running);
                });
        unattended |= isForeign();
        if (endedMeanwhile) {
            endedMeanwhile = false;
            ask("it ended while Codex was asked", now);
        } else if (!stop.isWished() && overran) {
            stop(TurnOutcome.Cause.WATCHDOG, now);
        } else if (!stop.isWished()) {
            work.stillWorking(now);
            stillWorking.word(work.lastActivity(), now).ifPresent(this::emit);
        } else if (turn != null && stop.mayRepeat()) {
            interrupt(now);
        } else {
            end(interruption(), false);
        }
    }

    private void neverTaken() {
        if (stop.isWished()) {
            end(interruption(), true);
        } else if (isForeign()) {
            again();
        } else if (work.hasBegun() || taken.knows(input)) {
            end(uncertain(), true);
        } else {
            ended = true;
            steps.add(new TurnStep.Rerun());
        }
    }

    /** What was seen live is whole unless the connection was cut. */
    private void forgotten() {
        if (!stop.isWished() && cut) {
            end(uncertain(), true);
        } else {
            neverTaken();
        }
    }

    private void unreachable(String why) {
        if (stop.isWished()) {
            end(interruption(), false);
        } else if (cut) {
            boolean untouched = turn == null && !work.hasBegun() && !begunBefore;
            end(untouched ? Failures.lostBefore(why) : uncertain(), false);
        } else {
            steps.add(new TurnStep.Interrupt());
            end(silent(why), false);
        }
    }

    /** The rule of the watches themselves, for a server that cannot be asked. */
    private TurnOutcome silent(String why) {
        if (overran) {
            return interruption();
        }
        if (work.isAnswered()) {
            return completion();
        }
        return work.hasBegun()
                ? uncertain()
                : Failures.failed(TurnOutcome.Failure.TIMEOUT, Optional.of(why));
    }

    private TurnOutcome uncertain() {
        TurnOutcome.Cause cause = cut ? TurnOutcome.Cause.PROCESS_EXIT : TurnOutcome.Cause.WATCHDOG;
        return Failures.uncertain(cause, work.lastActivity());
    }

    private void end(TurnOutcome outcome, boolean threadIdle) {
        work.end();
        ended = true;
        steps.add(new TurnStep.End(outcome, threadIdle));
    }

    private void emit(TurnEvent event) {
        steps.add(new TurnStep.Emit(event));
    }
}
