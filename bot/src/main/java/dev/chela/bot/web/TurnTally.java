package dev.chela.bot.web;

import dev.chela.harness.InputEnd;
import dev.chela.harness.Prompt;
import dev.chela.harness.Source;
import dev.chela.harness.TurnContext;
import dev.chela.harness.TurnDesk;
import dev.chela.harness.TurnEvent;
import dev.chela.harness.TurnKey;
import dev.chela.harness.TurnOutcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts turns by outcome and the time they took, since the process began. A turn is timed from the
 * moment Codex accepted it; one that never got there counts with no time.
 */
public final class TurnTally {

    private final InstantSource clock;
    private final Map<TurnKey, Instant> running = new ConcurrentHashMap<>();
    private final Map<String, Count> ended = new ConcurrentHashMap<>();

    public TurnTally(InstantSource clock) {
        this.clock = clock;
    }

    /** Turns of one outcome and their time together. */
    public record Count(long turns, Duration time) {

        private Count plus(Count other) {
            return new Count(turns + other.turns, time.plus(other.time));
        }
    }

    /** {@code desk}, watched. */
    public TurnDesk around(TurnDesk desk) {
        return new Watched(desk);
    }

    /** What ended so far, by outcome. */
    public Map<String, Count> ended() {
        return new TreeMap<>(ended);
    }

    private static String name(TurnOutcome outcome) {
        return switch (outcome) {
            case TurnOutcome.Completed _ -> "completed";
            case TurnOutcome.Interrupted _ -> "interrupted";
            case TurnOutcome.Failed failed ->
                    "failed_" + failed.kind().name().toLowerCase(Locale.ROOT);
            case TurnOutcome.Uncertain _ -> "uncertain";
        };
    }

    private final class Watched implements TurnDesk {

        private final TurnDesk desk;

        Watched(TurnDesk desk) {
            this.desk = desk;
        }

        @Override
        public Prompt read(List<Long> tickets) {
            return desk.read(tickets);
        }

        @Override
        public String words(long ticket) {
            return desk.words(ticket);
        }

        @Override
        public void taken(Prompt prompt) {
            desk.taken(prompt);
        }

        @Override
        public void renewed(Source source, long ticket) {
            desk.renewed(source, ticket);
        }

        @Override
        public void progress(TurnContext turn, TurnEvent event) {
            if (event instanceof TurnEvent.Started) {
                running.putIfAbsent(turn.key(), clock.instant());
            }
            desk.progress(turn, event);
        }

        @Override
        public void finished(TurnContext turn, TurnOutcome outcome) {
            desk.finished(turn, outcome);
            Instant now = clock.instant();
            Instant begun = running.remove(turn.key());
            Duration took = begun == null ? Duration.ZERO : Duration.between(begun, now);
            ended.merge(name(outcome), new Count(1, took), Count::plus);
        }

        @Override
        public void ended(List<Long> tickets, InputEnd end) {
            desk.ended(tickets, end);
        }
    }
}
