package dev.chela.harness.session;

import dev.chela.config.state.DatabaseException;
import dev.chela.harness.InputEnd;
import dev.chela.harness.Prompt;
import dev.chela.harness.Renewal;
import dev.chela.harness.Source;
import dev.chela.harness.TurnContext;
import dev.chela.harness.TurnDesk;
import dev.chela.harness.TurnEvent;
import dev.chela.harness.TurnKey;
import dev.chela.harness.TurnOutcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** A desk on disk: it survives restarts, refuses now and then, and knows a repeat from a second. */
final class DurableDesk implements TurnDesk {

    private final RandomGenerator random;
    private final Map<TurnKey, List<Long>> finished = new LinkedHashMap<>();
    private final Map<Long, InputEnd.Kind> ended = new LinkedHashMap<>();
    private final Map<TurnKey, Renewal> renewals = new LinkedHashMap<>();
    private boolean calm;

    DurableDesk(RandomGenerator random) {
        this.random = random;
    }

    /** It refuses no more. */
    void calm() {
        calm = true;
    }

    @Override
    public Prompt read(List<Long> tickets) {
        return Prompt.of(
                tickets.stream().map(ticket -> "m" + ticket).collect(Collectors.joining("\n")));
    }

    @Override
    public String words(long ticket) {
        return "m" + ticket;
    }

    @Override
    public void taken(Prompt prompt) {}

    @Override
    public void renewed(Source source, long ticket) {
        refuseNowAndThen();
    }

    /** What was said about sessions that began anew, in order. */
    List<Renewal> renewals() {
        return List.copyOf(renewals.values());
    }

    @Override
    public void progress(TurnContext turn, TurnEvent event) {}

    @Override
    public void finished(TurnContext turn, TurnOutcome outcome) {
        refuseNowAndThen();
        turn.renewal().ifPresent(one -> renewals.put(turn.key(), one));
        List<Long> before = finished.putIfAbsent(turn.key(), turn.tickets());
        if (before != null && !before.equals(turn.tickets())) {
            throw new AssertionError("finished " + before + " before, now " + turn.tickets());
        }
    }

    @Override
    public void ended(List<Long> tickets, InputEnd end) {
        refuseNowAndThen();
        if (end.notice().isBlank()) {
            throw new AssertionError(tickets + " end without a word: " + end.kind());
        }
        for (long ticket : tickets) {
            InputEnd.Kind before = ended.putIfAbsent(ticket, end.kind());
            if (before != null && before != end.kind()) {
                throw new AssertionError(ticket + " ended " + before + ", now " + end.kind());
            }
        }
    }

    Map<TurnKey, List<Long>> finished() {
        return Map.copyOf(finished);
    }

    Map<Long, InputEnd.Kind> ended() {
        return Map.copyOf(ended);
    }

    boolean hasClosed(long ticket) {
        return ended.containsKey(ticket)
                || finished.values().stream().anyMatch(tickets -> tickets.contains(ticket));
    }

    private void refuseNowAndThen() {
        if (!calm && random.nextInt(10) == 0) {
            throw new DatabaseException("refused, by chance", null);
        }
    }
}
