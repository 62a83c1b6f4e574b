package dev.chela.harness.trajectory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chela.harness.ThreadId;
import dev.chela.harness.TurnEvent;
import dev.chela.harness.TurnId;
import dev.chela.harness.TurnOutcome;
import dev.chela.harness.TurnRequest;
import dev.chela.harness.appserver.WireTap;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One turn's part of its session's trajectory. Every call hands over and returns; none fails. Safe
 * for any thread.
 */
public final class Trail implements WireTap {

    /** Of a turn that is not recorded. */
    public static final Trail NONE =
            new Trail(
                    entry -> {},
                    InstantSource.system(),
                    0,
                    new Entry.Names(new Place("", "", ""), "", null, null));

    /** Its parameters are credentials or answer to some. */
    private static final String ACCOUNT = "account/";

    /** The pieces of a text all have such a method: {@code item/agentMessage/delta}. */
    private static final String PIECE = "elta";

    private final Consumer<Entry> sink;
    private final InstantSource clock;
    private final int heldChars;
    private volatile Entry.Names names;

    /**
     * @param heldChars up to which a message is kept as it is
     */
    Trail(Consumer<Entry> sink, InstantSource clock, int heldChars, Entry.Names names) {
        this.sink = sink;
        this.clock = clock;
        this.heldChars = heldChars;
        this.names = names;
    }

    /** What is to look at the wire for it. */
    public WireTap tap() {
        return equals(NONE) ? WireTap.NONE : this;
    }

    /** Does work whose requests are recorded. */
    public void watching(Runnable work) {
        ScopedValue.where(WireTap.OF_REQUESTS, tap()).run(work);
    }

    /** The same with an answer. */
    public <R> R watching(Supplier<R> work) {
        return ScopedValue.where(WireTap.OF_REQUESTS, tap()).call(work::get);
    }

    /** A turn of the session begins, or is taken up after a restart. */
    public void began(TurnRequest request) {
        note(
                "session.started",
                fields().put("channel", request.turn().source().channel())
                        .put("resumed", request.begun().isPresent()));
        if (request.begun().isEmpty()) {
            note(
                    "prompt.submitted",
                    fields().put("input", request.input().value())
                            .put("chars", request.prompt().text().length())
                            .put("images", request.prompt().images().size()));
        }
    }

    /** Its thread is open and it has what it runs with. */
    public void compiled(ThreadId thread, Optional<String> model, String folder) {
        know(thread.value(), names.turn());
        ObjectNode fields = fields().put("folder", folder);
        model.ifPresent(name -> fields.put("model", name));
        note("context.compiled", fields);
    }

    /** Something happened while it ran. */
    public void happened(TurnEvent event) {
        switch (event) {
            case TurnEvent.Started(ThreadId thread, TurnId turn) -> {
                know(thread.value(), turn.value());
                note("turn.started", fields());
            }
            case TurnEvent.InputTaken taken ->
                    note("input.taken", fields().put("input", taken.input().value()));
            case TurnEvent.Counted counted ->
                    note(
                            "model.completed",
                            fields().put("input", counted.input())
                                    .put("cached", counted.cached())
                                    .put("output", counted.output())
                                    .put("context", counted.context())
                                    .put("window", counted.contextWindow()));
            case TurnEvent.StillWorking working ->
                    note(
                            "turn.still_working",
                            fields().put("seconds", working.elapsed().toSeconds())
                                    .put("last", working.lastActivity()));
            case TurnEvent.TextRetracted retracted ->
                    note("text.retracted", fields().put("item", retracted.item()));
            case TurnEvent.TextDelta _,
                    TurnEvent.TextCompleted _,
                    TurnEvent.Activity _,
                    TurnEvent.PeopleAsked _,
                    TurnEvent.Noted _,
                    TurnEvent.Compacted _ -> {} // the notification they come of says it
        }
    }

    /**
     * Codex is asked how things stand.
     *
     * @param why a watch's code and what it saw, or words
     */
    public void asked(String why) {
        int end = why.indexOf(' ');
        boolean watch = why.startsWith("turn.") && end > 0;
        note(watch ? why.substring(0, end) : "turn.asked", fields().put("because", why));
    }

    /** The connection was lost. */
    public void cut() {
        note("connection.lost", fields());
    }

    /** It is over. */
    public void ended(TurnOutcome outcome) {
        ObjectNode fields = fields().put("outcome", outcome.getClass().getSimpleName());
        switch (outcome) {
            case TurnOutcome.Completed completed ->
                    fields.put("text", completed.text().isPresent())
                            .put("messageTool", completed.messageToolUsed());
            case TurnOutcome.Interrupted interrupted ->
                    fields.put("cause", interrupted.cause().name());
            case TurnOutcome.Failed failed ->
                    fields.put("cause", failed.kind().name()).put("notice", failed.notice());
            case TurnOutcome.Uncertain uncertain ->
                    fields.put("cause", uncertain.cause().name()).put("notice", uncertain.notice());
        }
        note("session.ended", fields);
    }

    /** It is over since Chela itself broke. */
    public void broke(RuntimeException cause) {
        note("session.ended", fields().put("outcome", "Broken").put("cause", cause.toString()));
    }

    @Override
    public void sent(String method, JsonNode params, int chars) {
        if (!method.startsWith(ACCOUNT)) {
            wire("request", method, params, chars);
        }
    }

    @Override
    public void heard(String method, JsonNode params, int chars) {
        if (method.endsWith(PIECE)) {
            sink.accept(
                    new Entry.Piece(
                            clock.instant(),
                            names,
                            method,
                            params.path("itemId").asText(),
                            params.path("delta").asText().length()));
        } else {
            wire("notification", method, params, chars);
        }
    }

    private void wire(String type, String method, JsonNode params, int chars) {
        sink.accept(
                new Entry.Whole(
                        clock.instant(),
                        names,
                        type,
                        Optional.of(method),
                        Optional.of(params).filter(_ -> chars <= heldChars),
                        chars));
    }

    private void note(String type, ObjectNode fields) {
        sink.accept(
                new Entry.Whole(
                        clock.instant(), names, type, Optional.empty(), Optional.of(fields), 0));
    }

    private void know(String thread, @Nullable String turn) {
        names = new Entry.Names(names.place(), names.turnKey(), thread, turn);
    }

    private static ObjectNode fields() {
        return JsonNodeFactory.instance.objectNode();
    }
}
