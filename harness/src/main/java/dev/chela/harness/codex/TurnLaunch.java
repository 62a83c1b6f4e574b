package dev.chela.harness.codex;

import dev.chela.config.QueueMode;
import dev.chela.config.state.DatabaseException;
import dev.chela.harness.InputKey;
import dev.chela.harness.Prompt;
import dev.chela.harness.Source;
import dev.chela.harness.SteerAnswer;
import dev.chela.harness.TurnEvent;
import dev.chela.harness.TurnId;
import dev.chela.harness.TurnRequest;
import dev.chela.harness.appserver.AppServerException;
import dev.chela.harness.appserver.ConnectionClosedException;
import dev.chela.harness.appserver.RequestTimedOutException;
import dev.chela.harness.appserver.RpcFailedException;
import dev.chela.harness.appserver.RpcRefusal;
import dev.chela.harness.appserver.protocol.TurnStart;
import dev.chela.harness.appserver.protocol.TurnSteer;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives a turn's input to its thread: by {@code turn/start}, or, where another client's turn runs
 * and the session steers, to that turn.
 */
final class TurnLaunch {

    private static final Logger LOG = LoggerFactory.getLogger(TurnLaunch.class);

    private final TurnRequest request;
    private final TurnHandle turn;
    private final TurnServices services;
    private final TurnInbox inbox;
    private final Consumer<TurnEvent> events;

    TurnLaunch(
            TurnRequest request,
            TurnHandle turn,
            TurnServices services,
            TurnInbox inbox,
            Consumer<TurnEvent> events) {
        this.request = request;
        this.turn = turn;
        this.services = services;
        this.inbox = inbox;
        this.events = events;
    }

    /**
     * What the turn's machine is to begin with; empty if a turn that is not ours runs there and
     * does not end in time, or somebody stopped ours.
     *
     * @throws dev.chela.harness.appserver.AppServerException if Codex surely did not take it
     */
    Optional<TurnInput> start(OpenThread opened, ThreadEar ear) {
        if (!opened.idle()) {
            switch (idleWait().await(opened, running -> joins(opened, running))) {
                case IdleWait.End.Free() -> ear.forget();
                case IdleWait.End.Joined(TurnId running) -> {
                    return Optional.of(new TurnInput.Joined(running));
                }
                case IdleWait.End.GaveUp() -> {
                    return Optional.empty();
                }
            }
        }
        try {
            return Optional.of(given(opened));
        } catch (RpcFailedException e) {
            if (e.refusal() != RpcRefusal.NOT_STEERABLE) {
                throw e;
            }
            return afterTheOther(opened, ear);
        }
    }

    /** A compaction or a review of another client took the thread a moment before us. */
    private Optional<TurnInput> afterTheOther(OpenThread opened, ThreadEar ear) {
        if (!(idleWait().await(opened, running -> false) instanceof IdleWait.End.Free)) {
            return Optional.empty();
        }
        ear.forget();
        return Optional.of(given(opened));
    }

    private TurnInput given(OpenThread opened) {
        services.threads().works(opened.id());
        try {
            return new TurnInput.Accepted(send(opened));
        } catch (RequestTimedOutException e) {
            LOG.warn("turn/start unanswered: turn={}", request.turn().key());
            return new TurnInput.Unanswered();
        } catch (ConnectionClosedException e) {
            LOG.warn("connection lost at turn/start: turn={}", request.turn().key());
            return new TurnInput.Cut();
        } catch (AppServerException e) {
            services.threads().rests(opened.id());
            throw e;
        }
    }

    private TurnId send(OpenThread opened) {
        TurnStart start = TurnStarts.of(opened, request, turn.settings());
        services.checkpoints().before("codex.start");
        TurnId id = opened.server().request(start).turn().id();
        services.checkpoints().after("codex.start");
        try {
            services.threads().accepted(opened);
        } catch (DatabaseException e) {
            // Codex works on it: an answer without this note is better than none.
            LOG.error("turn={} began, but its thread was not noted", request.turn().key(), e);
        }
        return id;
    }

    private boolean joins(OpenThread opened, TurnId running) {
        services.checkpoints().before("codex.steer");
        try {
            opened.server()
                    .request(
                            new TurnSteer(
                                    opened.id(),
                                    running,
                                    Pictures.input(request.prompt()),
                                    request.input()));
            return true;
        } catch (RequestTimedOutException | ConnectionClosedException e) {
            // It may have arrived: that turn's items tell whether it was taken.
            LOG.warn("steer unanswered: turn={} cause={}", running, e.getMessage());
            return true;
        } catch (RpcFailedException e) {
            LOG.info("not taken by another turn: turn={} cause={}", running, e.refusal());
            return false;
        } finally {
            services.checkpoints().after("codex.steer");
        }
    }

    /** Gives more to a turn of ours that runs; the answer proves nothing. */
    SteerAnswer steer(OpenThread opened, TurnId running, InputKey input, Prompt prompt) {
        inbox.post(new TurnInput.Steered(input, prompt.text()));
        services.checkpoints().before("codex.steer");
        try {
            var steer = new TurnSteer(opened.id(), running, Pictures.input(prompt), input);
            turn.trail().watching(() -> opened.server().request(steer));
            return SteerAnswer.PASSED_ON;
        } catch (RpcFailedException e) {
            LOG.debug("steer refused: turn={} cause={}", running, e.refusal());
            return SteerAnswer.NOT_STEERABLE;
        } catch (AppServerException e) {
            // It may have arrived: only the user message will tell.
            LOG.info("steer unanswered: turn={} cause={}", running, e.getMessage());
            return SteerAnswer.PASSED_ON;
        } finally {
            services.checkpoints().after("codex.steer");
        }
    }

    private IdleWait idleWait() {
        return new IdleWait(
                inbox, services, turn.settings().watches(), turn::stopping, events, this::whenBusy);
    }

    /** A beat or a job never cuts into what somebody else does. */
    private QueueMode whenBusy() {
        return request.turn().source().kind() == Source.Kind.INTERNAL
                ? QueueMode.FOLLOWUP
                : services.queue().apply(request.turn().session());
    }
}
