package dev.chela.harness.codex;

import dev.chela.harness.InputKey;
import dev.chela.harness.ThreadId;
import dev.chela.harness.TurnEvent;
import dev.chela.harness.TurnId;
import dev.chela.harness.TurnOutcome;
import dev.chela.harness.appserver.protocol.CodexTurn;
import dev.chela.harness.appserver.protocol.MessagePhase;
import dev.chela.harness.appserver.protocol.ServerNotification;
import dev.chela.harness.appserver.protocol.ThreadItem;
import dev.chela.harness.appserver.protocol.TurnStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The state of one turn. Fed with everything that happens to it, says what to do next. Pure: no
 * threads, no clock, no I/O; the time comes with each input.
 *
 * <p>Only {@code turn/completed}, or Codex's own word when asked, ends a turn. Notifications of
 * other turn ids are not ours and move nothing.
 */
final class TurnMachine {

    private static final int INTERRUPTS_MAX = 2;

    private final ThreadId thread;
    private final InputKey input;
    private final Watches watches;
    private final Instant startedAt;
    private final QuietWatch quiet;
    private final TurnText text = new TurnText();
    private final TakenInputs taken;
    private final TurnTokens tokens = new TurnTokens();
    private final Map<String, String> working = new LinkedHashMap<>();
    private final Set<String> openItems = new LinkedHashSet<>();
    private final Set<String> openRequests = new LinkedHashSet<>();
    private final Set<String> openHooks = new LinkedHashSet<>();

    private final List<TurnStep> steps = new ArrayList<>();
    private @Nullable TurnId turn;
    private TurnOutcome.@Nullable Cause stop;
    private @Nullable Instant stopDue;
    private int interrupts;
    private boolean asking;
    private boolean cut;
    private boolean begunBefore;
    private boolean joined;
    private boolean overran;
    private boolean sawWork;
    private boolean delivered;
    private boolean ended;
    private String lastActivity = "";

    TurnMachine(ThreadId thread, InputKey input, String words, Watches watches, Instant now) {
        this.thread = thread;
        this.input = input;
        this.watches = watches;
        this.startedAt = now;
        this.quiet = new QuietWatch(watches, now);
        this.taken = new TakenInputs(input, words);
    }

    /** Takes one input; the steps are to be carried out in order. */
    List<TurnStep> accept(TurnInput what, Instant now) {
        steps.clear();
        if (!ended) {
            switch (what) {
                case TurnInput.Accepted(TurnId id) -> accepted(id, now);
                case TurnInput.Joined(TurnId id) -> {
                    joined = true;
                    accepted(id, now);
                }
                case TurnInput.Unanswered() -> ask("turn/start was not answered");
                case TurnInput.Notified(ServerNotification notification) ->
                        notified(notification, now);
                case TurnInput.Asked(String request) -> asked(request, now);
                case TurnInput.Replied replied -> replied(replied, now);
                case TurnInput.Steered(InputKey key, String words) -> taken.expect(key, words);
                case TurnInput.Stop(TurnOutcome.Cause cause) -> stop(cause, now);
                case TurnInput.Cut(boolean mayHaveBegun) -> cut(mayHaveBegun);
                case TurnInput.Told(TurnFacts facts) -> told(facts, now);
                case TurnInput.Woken() -> woken(now);
            }
        }
        return List.copyOf(steps);
    }

    /** When to be woken if nothing happens before. */
    Optional<Instant> wakeAt() {
        if (ended || asking) {
            return Optional.empty();
        }
        Instant next = quiet.due(busy());
        if (!overran) {
            next = earlier(next, startedAt.plus(watches.run()));
        }
        return Optional.of(stopDue == null ? next : earlier(next, stopDue));
    }

    /** Codex's name of the turn, once it is known. */
    Optional<TurnId> turn() {
        return Optional.ofNullable(turn);
    }

    private void accepted(TurnId id, Instant now) {
        adopt(id);
        quiet.seen(QuietWatch.Last.REPLIED, now);
        if (stop != null) {
            interrupt(now);
        }
    }

    private void adopt(TurnId id) {
        if (!id.equals(turn)) {
            turn = id;
            emit(new TurnEvent.Started(thread, id));
        }
    }

    private void notified(ServerNotification notification, Instant now) {
        switch (notification) {
            case ServerNotification.HookStarted hook when ours(hook.turnId()) ->
                    openHooks.add(hook.run().id());
            case ServerNotification.HookCompleted hook when ours(hook.turnId()) -> {
                openHooks.remove(hook.run().id());
                quiet.touched(now);
            }
            case ServerNotification.OfTurn ofTurn when ours(ofTurn.turnId()) ->
                    progress(ofTurn, now);
            case ServerNotification other -> {
                // Not about this turn: neither progress nor an end.
            }
        }
    }

    private boolean ours(@Nullable TurnId id) {
        return id != null && id.equals(turn);
    }

    private void progress(ServerNotification.OfTurn notification, Instant now) {
        switch (notification) {
            case ServerNotification.TurnCompleted done -> completed(done.turn());
            case ServerNotification.ItemStarted started -> opened(started.item(), now);
            case ServerNotification.ItemCompleted completed -> closed(completed.item(), now);
            case ServerNotification.AgentMessageDelta delta -> {
                sawWork = true;
                text.delta(delta.itemId(), delta.delta());
                quiet.seen(QuietWatch.Last.MOVED, now);
                emit(new TurnEvent.TextDelta(delta.itemId(), delta.delta()));
            }
            case ServerNotification.Error error -> {
                // The stream is begun anew, or the turn is about to fail: open text is void.
                text.retract().forEach(this::emit);
                quiet.seen(QuietWatch.Last.REPLIED, now);
            }
            case ServerNotification.TokenUsageUpdated counted ->
                    // Bookkeeping after a model call; says nothing about what comes next.
                    tokens.counted(counted.tokenUsage()).ifPresent(this::emit);
            case ServerNotification.OfTurn other -> quiet.touched(now);
        }
    }

    private void opened(ThreadItem item, Instant now) {
        if (item instanceof ThreadItem.UserMessage message) {
            text.retract().forEach(this::emit);
            taken.seen(message).ifPresent(key -> emit(new TurnEvent.InputTaken(key)));
            // Another client was faster: our start has steered its turn.
            joined |= message.clientId() != null && !taken.knows(input);
            quiet.seen(QuietWatch.Last.REPLIED, now);
            return;
        }
        sawWork = true;
        openItems.add(item.id());
        quiet.seen(QuietWatch.Last.MOVED, now);
        if (item instanceof ThreadItem.AgentMessage message) {
            text.opened(message.id());
        }
        if (item instanceof ThreadItem.ContextCompaction) {
            emit(new TurnEvent.Compacted(item.id(), true));
        }
        ItemTitles.of(item)
                .ifPresent(
                        title -> {
                            lastActivity = title;
                            working.put(item.id(), title);
                            emit(new TurnEvent.Activity(item.id(), title, true));
                        });
    }

    private void closed(ThreadItem item, Instant now) {
        openItems.remove(item.id());
        switch (item) {
            case ThreadItem.UserMessage message -> quiet.touched(now);
            case ThreadItem.AgentMessage message -> {
                sawWork = true;
                emit(text.completed(message));
                quiet.seen(
                        message.phase() == MessagePhase.COMMENTARY
                                ? QuietWatch.Last.WORKED
                                : QuietWatch.Last.ANSWERED,
                        now);
            }
            case ThreadItem other -> {
                sawWork = true;
                if (other instanceof ThreadItem.ImageGeneration picture) {
                    text.made(picture);
                }
                if (other instanceof ThreadItem.ContextCompaction) {
                    emit(new TurnEvent.Compacted(other.id(), false));
                }
                ended(other.id());
                quiet.seen(QuietWatch.Last.WORKED, now);
            }
        }
    }

    private void ended(String item) {
        String title = working.remove(item);
        if (title != null) {
            emit(new TurnEvent.Activity(item, title, false));
        }
    }

    private void asked(String request, Instant now) {
        sawWork = true;
        openRequests.add(request);
        quiet.seen(QuietWatch.Last.MOVED, now);
    }

    private void replied(TurnInput.Replied replied, Instant now) {
        openRequests.remove(replied.request());
        delivered |= replied.delivered();
        quiet.seen(replied.tool() ? QuietWatch.Last.WORKED : QuietWatch.Last.REPLIED, now);
    }

    private void stop(TurnOutcome.Cause cause, Instant now) {
        if (stop == null) {
            stop = cause;
            if (turn != null && !asking) {
                interrupt(now);
            }
        }
    }

    private void interrupt(Instant now) {
        interrupts++;
        stopDue = now.plus(watches.stop());
        steps.add(new TurnStep.Interrupt());
    }

    private void cut(boolean mayHaveBegun) {
        if (cut && asking) {
            return;
        }
        begunBefore |= mayHaveBegun;
        cut = true;
        asking = true;
        openRequests.clear();
        openItems.clear();
        openHooks.clear();
        text.retract().forEach(this::emit);
        steps.add(new TurnStep.Reconnect());
    }

    private void woken(Instant now) {
        if (asking) {
            return;
        }
        if (stopDue != null && !now.isBefore(stopDue)) {
            ask("the interrupt was not followed by an end");
        } else if (!overran && !now.isBefore(startedAt.plus(watches.run()))) {
            overran = true;
            stop(TurnOutcome.Cause.WATCHDOG, now);
        } else if (!now.isBefore(quiet.due(busy()))) {
            ask("the turn went quiet");
        }
    }

    private void ask(String why) {
        if (!asking) {
            asking = true;
            steps.add(new TurnStep.Ask(why));
        }
    }

    private void told(TurnFacts facts, Instant now) {
        asking = false;
        switch (facts) {
            case TurnFacts.Ended(CodexTurn said) -> endedAs(said);
            case TurnFacts.InProgress(Optional<CodexTurn> said) -> stillRunning(said, now);
            case TurnFacts.NeverTaken() -> neverTaken();
            case TurnFacts.Unreachable(String why) -> unreachable(why);
        }
    }

    private void endedAs(CodexTurn said) {
        adopt(said.id());
        taken.all(said).forEach(key -> emit(new TurnEvent.InputTaken(key)));
        if (isForeign()) {
            again();
            return;
        }
        boolean lost = said.status() == TurnStatus.INTERRUPTED && cut && stop == null;
        if (lost) {
            end(Failures.uncertain(lastActivity), true);
        } else {
            completed(said);
        }
    }

    /** Whether the turn we follow is another client's and did not take our input. */
    private boolean isForeign() {
        return joined && stop == null && !taken.knows(input);
    }

    /** Nothing of ours was begun, whatever was seen. */
    private void again() {
        text.retract().forEach(this::emit);
        List.copyOf(working.keySet()).forEach(this::ended);
        ended = true;
        steps.add(new TurnStep.Rerun());
    }

    private void completed(CodexTurn said) {
        if (isForeign()) {
            again();
            return;
        }
        text.retract().forEach(this::emit);
        text.catchUp(said);
        end(
                switch (said.status()) {
                    case COMPLETED -> completion();
                    case FAILED -> Failures.of(said.error());
                    case INTERRUPTED, IN_PROGRESS, UNKNOWN -> interruption();
                },
                true);
    }

    private TurnOutcome completion() {
        return new TurnOutcome.Completed(text.answer(), delivered, text.media());
    }

    private TurnOutcome interruption() {
        if (overran) {
            return Failures.failed(TurnOutcome.Failure.TIMEOUT, Optional.empty());
        }
        return new TurnOutcome.Interrupted(
                stop == null ? TurnOutcome.Cause.EXTERNAL : stop, text.partial());
    }

    private void stillRunning(Optional<CodexTurn> said, Instant now) {
        cut = false;
        said.ifPresent(
                running -> {
                    adopt(running.id());
                    taken.all(running).forEach(key -> emit(new TurnEvent.InputTaken(key)));
                    text.catchUp(running);
                });
        if (stop == null) {
            quiet.stillWorking(now);
            emit(new TurnEvent.StillWorking(Duration.between(startedAt, now), lastActivity));
        } else if (interrupts < INTERRUPTS_MAX) {
            interrupt(now);
        } else {
            end(interruption(), false);
        }
    }

    private void neverTaken() {
        if (stop != null) {
            end(interruption(), true);
        } else if (isForeign()) {
            again();
        } else if (sawWork || taken.knows(input)) {
            end(Failures.uncertain(lastActivity), true);
        } else {
            ended = true;
            steps.add(new TurnStep.Rerun());
        }
    }

    private void unreachable(String why) {
        if (stop != null) {
            end(interruption(), false);
        } else if (!cut && quiet.answered() && text.answer().isPresent()) {
            steps.add(new TurnStep.Interrupt());
            end(completion(), false);
        } else if (cut) {
            boolean untouched = turn == null && !sawWork && !begunBefore;
            end(untouched ? lostBefore(why) : Failures.uncertain(lastActivity), false);
        } else {
            steps.add(new TurnStep.Interrupt());
            end(sawWork ? Failures.uncertain(lastActivity) : silent(why), false);
        }
    }

    private static TurnOutcome lostBefore(String why) {
        return Failures.failed(TurnOutcome.Failure.SERVER_UNAVAILABLE, Optional.of(why));
    }

    private static TurnOutcome silent(String why) {
        return Failures.failed(TurnOutcome.Failure.TIMEOUT, Optional.of(why));
    }

    private void end(TurnOutcome outcome, boolean threadIdle) {
        text.retract().forEach(this::emit);
        List.copyOf(working.keySet()).forEach(this::ended);
        ended = true;
        steps.add(new TurnStep.End(outcome, threadIdle));
    }

    private boolean busy() {
        return !openItems.isEmpty() || !openRequests.isEmpty() || !openHooks.isEmpty();
    }

    private void emit(TurnEvent event) {
        steps.add(new TurnStep.Emit(event));
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }
}
