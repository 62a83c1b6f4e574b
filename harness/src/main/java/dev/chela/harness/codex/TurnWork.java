package dev.chela.harness.codex;

import dev.chela.harness.TurnEvent;
import dev.chela.harness.appserver.protocol.CodexTurn;
import dev.chela.harness.appserver.protocol.MessagePhase;
import dev.chela.harness.appserver.protocol.ServerNotification;
import dev.chela.harness.appserver.protocol.ThreadItem;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What is seen of a turn at work: its items and texts, what of them is open, how long it is quiet.
 */
final class TurnWork {

    private final QuietWatch quiet;
    private final TurnText text = new TurnText();
    private final TurnTokens tokens = new TurnTokens();
    private final OpenWork open = new OpenWork();
    private final Consumer<TurnEvent> events;
    private boolean begun;
    private String lastHeard = "nothing";

    TurnWork(Watches watches, Instant now, Consumer<TurnEvent> events) {
        this.quiet = new QuietWatch(watches, now);
        this.events = events;
    }

    /** Takes in what the turn did; its inputs and its end are not work. */
    void heard(ServerNotification.OfTurn notification, Instant now) {
        switch (notification) {
            case ServerNotification.ItemStarted started -> opened(started.item(), now);
            case ServerNotification.ItemCompleted completed -> closed(completed.item(), now);
            case ServerNotification.AgentMessageDelta delta -> {
                begun = true;
                quiet.seen(QuietWatch.Last.MOVED, now);
                // Of a message that began while we were away only the end would be shown.
                if (text.delta(delta.itemId(), delta.delta())) {
                    events.accept(new TurnEvent.TextDelta(delta.itemId(), delta.delta()));
                }
            }
            case ServerNotification.Error error -> {
                // The stream is begun anew, or the turn is about to fail: open text is void.
                retract();
                quiet.seen(error.willRetry() ? QuietWatch.Last.GIVEN : QuietWatch.Last.FAILED, now);
            }
            case ServerNotification.TokenUsageUpdated counted ->
                    // Bookkeeping after a model call; says nothing about what comes next.
                    tokens.counted(counted.tokenUsage()).ifPresent(events);
            case ServerNotification.FileChangePatchUpdated patch -> {
                begun = true;
                quiet.seen(QuietWatch.Last.WORKED, now);
            }
            case ServerNotification.Delta delta -> moved(now);
            case ServerNotification.McpToolCallProgress progress -> moved(now);
            case ServerNotification.OfTurn other -> quiet.touched(now);
        }
    }

    /** An item is at work, also one whose beginning was not heard. */
    private void moved(Instant now) {
        begun = true;
        quiet.touched(now);
    }

    /** Any word of the turn, for the log. */
    void heard(String method) {
        lastHeard = method;
    }

    void started(ServerNotification.HookStarted hook) {
        heard(hook.method());
        open.hookStarted(hook.run().id());
    }

    void completed(ServerNotification.HookCompleted hook, Instant now) {
        heard(hook.method());
        open.hookCompleted(hook.run().id());
        quiet.touched(now);
    }

    /** Codex was given something: the turn, or more of it. */
    void given(Instant now) {
        quiet.seen(QuietWatch.Last.GIVEN, now);
    }

    /** A request of the server is being served. */
    void asked(String request, Instant now) {
        begun = true;
        open.asked(request);
        quiet.seen(QuietWatch.Last.MOVED, now);
    }

    void replied(TurnInput.Replied replied, Instant now) {
        open.replied(replied.request());
        quiet.seen(replied.tool() ? QuietWatch.Last.WORKED : QuietWatch.Last.GIVEN, now);
    }

    private void opened(ThreadItem item, Instant now) {
        begun = true;
        quiet.seen(QuietWatch.Last.MOVED, now);
        if (item instanceof ThreadItem.AgentMessage message) {
            text.opened(message.id());
        }
        if (item instanceof ThreadItem.ContextCompaction) {
            events.accept(new TurnEvent.Compacted(item.id(), true));
        }
        open.opened(item).ifPresent(events);
    }

    private void closed(ThreadItem item, Instant now) {
        open.closed(item.id()).ifPresent(events);
        ItemNotes.of(item).ifPresent(events);
        switch (item) {
            case ThreadItem.UserMessage message -> quiet.touched(now);
            case ThreadItem.AgentMessage message -> {
                begun = true;
                events.accept(text.completed(message));
                quiet.seen(
                        message.phase() == MessagePhase.COMMENTARY
                                ? QuietWatch.Last.THOUGHT
                                : QuietWatch.Last.ANSWERED,
                        now);
            }
            case ThreadItem.Reasoning thought -> {
                begun = true;
                quiet.seen(QuietWatch.Last.THOUGHT, now);
            }
            case ThreadItem other -> {
                begun = true;
                if (other instanceof ThreadItem.ImageGeneration picture) {
                    text.made(picture);
                }
                if (other instanceof ThreadItem.ContextCompaction) {
                    events.accept(new TurnEvent.Compacted(other.id(), false));
                }
                quiet.seen(QuietWatch.Last.WORKED, now);
            }
        }
    }

    /** Open text is void: a steer, an error or a cut came between. */
    void retract() {
        text.retract().forEach(events);
    }

    /** The connection is gone. */
    void cut() {
        open.cut();
        retract();
    }

    /** Nothing more comes: takes back what is shown of it. */
    void end() {
        retract();
        open.end().forEach(events);
    }

    /** Takes from what Codex reports what was missed live. */
    void catchUp(CodexTurn turn) {
        text.catchUp(turn);
        turn.items().stream().map(ItemNotes::of).flatMap(Optional::stream).forEach(events);
    }

    /** Codex was asked and says that it works. */
    void stillWorking(Instant now) {
        quiet.stillWorking(now);
    }

    QuietWatch.Armed armed() {
        return quiet.armed(open.isBusy());
    }

    /** Whether anything was seen that the turn did. */
    boolean hasBegun() {
        return begun;
    }

    /** Whether the last thing seen is the final answer. */
    boolean isAnswered() {
        return quiet.answered() && text.answer().isPresent();
    }

    Optional<String> answer() {
        return text.answer();
    }

    Optional<String> partial() {
        return text.partial();
    }

    List<Path> media() {
        return text.media();
    }

    /** The title of what was begun last; empty if nothing was. */
    String lastActivity() {
        return open.lastActivity();
    }

    /** What the log says when a watch runs out. */
    String ranOut(Watch watch, Duration elapsed, Instant now) {
        return watch.ranOut(quiet.silent(now), elapsed, lastHeard, open);
    }
}
