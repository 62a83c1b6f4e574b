package dev.chela.harness.scenarios;

import dev.chela.harness.ToolCall;
import dev.chela.harness.TurnOutcome;
import dev.chela.harness.kit.LaneDesk;
import dev.chela.harness.kit.LaneStage;
import dev.chela.harness.kit.TraceEnding;
import dev.chela.harness.kit.TraceStage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Somebody whose agent's server goes wrong at one place, and what they may expect of the lane.
 *
 * @param number from 1; the tickets of what they write begin with it
 */
record SilentPerson(int number, SilencePlace place, SilentTown.Story story, TraceStage stage) {

    private static final int TICKETS = 10;
    private static final List<String> WORDS = List.of("go", "second", "third", "fourth");

    /** What the server answers that is met when a turn is run anew. */
    private static final Optional<String> ANEW = Optional.of("Echo: go");

    /** And when the second message found that turn still running. */
    private static final Optional<String> ANEW_WITH_BOTH = Optional.of("Echo: second");

    static String words(long ticket) {
        return WORDS.get((int) (ticket % TICKETS) - 1);
    }

    String agent() {
        return "p" + number;
    }

    long first() {
        return ticket(1);
    }

    long second() {
        return ticket(2);
    }

    long ticket(int message) {
        return (long) number * TICKETS + message;
    }

    /** Whether they have heard of the first so many messages, as far as they wrote them. */
    boolean isClosed(LaneDesk desk, int messages) {
        return LongStream.rangeClosed(first(), ticket(messages))
                .filter(ticket -> ticket <= second() || desk.begun(ticket).isPresent())
                .allMatch(desk::isClosed);
    }

    /** Whether a message came to an end that is no answer. */
    boolean isUnanswered(LaneDesk desk, int message) {
        return desk.told(ticket(message)).stream()
                .anyMatch(told -> !SilentTown.isAnswer(told.outcome()));
    }

    List<String> problems(
            LaneStage lanes, SilenceBound bound, List<ToolCall> calls, Instant began) {
        var problems = new ArrayList<String>();
        if (stage.replay().ended().getCount() > 0) {
            problems.add("the replay never came to its end");
        }
        var latest = began.plus(bound.of(place, story));
        first(lanes.desk(), latest).ifPresent(problems::add);
        second(lanes.desk(), latest).ifPresent(problems::add);
        answered(lanes.desk()).ifPresent(problems::add);
        steered(lanes.desk()).ifPresent(problems::add);
        stored(lanes).ifPresent(problems::add);
        tools(calls).ifPresent(problems::add);
        return problems.stream().map(one -> story + " " + place + ": " + one).toList();
    }

    private Optional<String> first(LaneDesk desk, Instant latest) {
        var told = desk.told(first());
        if (told.size() != 1) {
            return Optional.of(told.isEmpty() ? "stuck" : "told more than once: " + told);
        }
        if (told.getFirst().at().isAfter(latest)) {
            return Optional.of("told at %s, due %s".formatted(told.getFirst().at(), latest));
        }
        return told.getFirst()
                .outcome()
                .map(this::untrue)
                .orElseGet(() -> Optional.of("ended without a turn"));
    }

    private Optional<String> second(LaneDesk desk, Instant latest) {
        var told = desk.told(second());
        if (told.size() != 1) {
            return Optional.of("the second message: " + told);
        }
        var begun = desk.begun(second()).filter(at -> !at.isAfter(latest));
        return begun.isPresent() || isSteered(desk)
                ? Optional.empty()
                : Optional.of("the second began at %s".formatted(desk.begun(second())));
    }

    /** Whoever goes on writing is answered. */
    private Optional<String> answered(LaneDesk desk) {
        var outcomes =
                LongStream.rangeClosed(second(), ticket(WORDS.size()))
                        .boxed()
                        .flatMap(ticket -> desk.told(ticket).stream())
                        .map(LaneDesk.Told::outcome)
                        .toList();
        var mayFail = story.ending() == TraceEnding.DEAF && !story.restarts();
        var enough =
                mayFail
                        ? outcomes.stream().anyMatch(SilentTown::isAnswer)
                        : !outcomes.isEmpty() && SilentTown.isAnswer(outcomes.getFirst());
        return enough || isSteered(desk)
                ? Optional.empty()
                : Optional.of("not answered: " + outcomes);
    }

    /** A steer counts by what became of it, and not by how it was answered. */
    private Optional<String> steered(LaneDesk desk) {
        var taken = stage.replay().taken(words(second()));
        if (taken > 1) {
            return Optional.of("the second message was taken %d times".formatted(taken));
        }
        if (taken == 0 && isSteered(desk)) {
            return Optional.of("a steer that was lost was told to be taken");
        }
        return stage.replay().tookSteer() && !isSteered(desk)
                ? Optional.of("a steer that was taken was not told so")
                : Optional.empty();
    }

    private boolean isSteered(LaneDesk desk) {
        return desk.told(first()).stream().anyMatch(told -> told.tickets().contains(second()));
    }

    private Optional<String> stored(LaneStage lanes) {
        return LongStream.rangeClosed(first(), second())
                .filter(ticket -> !lanes.isStoredAsOver(ticket))
                .mapToObj(ticket -> "the row of " + words(ticket) + " is open or has no outcome")
                .findFirst();
    }

    private Optional<String> tools(List<ToolCall> calls) {
        var own =
                calls.stream()
                        .filter(call -> call.turn().session().equals(LaneStage.session(agent())))
                        .map(ToolCall::intent)
                        .toList();
        return own.size() <= place.toolsAsked() && own.stream().distinct().count() == own.size()
                ? Optional.empty()
                : Optional.of("a tool ran twice: " + own);
    }

    /** Compares what they were told with what the recording knows. */
    private Optional<String> untrue(TurnOutcome outcome) {
        if (startedWith(first()) && place.inputWasShown()) {
            return Optional.of("replayed although its input was taken");
        }
        return switch (outcome) {
            case TurnOutcome.Completed done ->
                    isTrue(done.text()) ? Optional.empty() : Optional.of("answered " + done.text());
            case TurnOutcome.Uncertain(var _, String notice) ->
                    place.endWasShown() || notice.isBlank()
                            ? Optional.of("uncertain of an end it had heard")
                            : Optional.empty();
            case TurnOutcome.Failed failed ->
                    failed.notice().isBlank() || place.completionWasShown()
                            ? Optional.of("failed: " + failed)
                            : Optional.empty();
            case TurnOutcome.Interrupted interrupted ->
                    interrupted.cause() == TurnOutcome.Cause.USER_STOP
                                    || place.status().equals("interrupted")
                            ? Optional.empty()
                            : Optional.of("said it was interrupted: " + interrupted);
        };
    }

    private boolean isTrue(Optional<String> answer) {
        if (startedWith(first())) {
            return answer.equals(ANEW) || answer.equals(ANEW_WITH_BOTH);
        }
        // Who cannot ask goes by the answer that was heard and the silence after it.
        var heard = story.ending() == TraceEnding.DEAF && answer.equals(place.answerShown());
        return heard || answer.equals(place.answer());
    }

    /** Whether the server that came after was given a message anew. */
    private boolean startedWith(long ticket) {
        return stage.replay().after().heard().stream()
                .filter(message -> message.path("method").asText().equals("turn/start"))
                .map(message -> message.at("/params/input/0/text").asText())
                .anyMatch(words(ticket)::equals);
    }
}
