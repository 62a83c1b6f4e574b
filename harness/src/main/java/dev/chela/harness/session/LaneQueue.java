package dev.chela.harness.session;

import dev.chela.harness.InputEnd;
import dev.chela.harness.InputKey;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** A lane's copy of its rows in {@code turn_input} that have neither turn nor end, by ticket. */
final class LaneQueue {

    private final TreeMap<Long, QueuedInput> inputs = new TreeMap<>();

    void replaceAll(Collection<QueuedInput> stored) {
        inputs.clear();
        putAll(stored);
    }

    void put(QueuedInput input) {
        inputs.put(input.ticket(), input);
    }

    void putAll(Collection<QueuedInput> changed) {
        changed.forEach(this::put);
    }

    void remove(Collection<Long> tickets) {
        inputs.keySet().removeAll(tickets);
    }

    boolean has(long ticket) {
        return inputs.containsKey(ticket);
    }

    boolean isEmpty() {
        return inputs.isEmpty();
    }

    List<QueuedInput> queued() {
        return those(QueuedInput::isQueued);
    }

    List<QueuedInput> parked() {
        return those(QueuedInput::isParked);
    }

    List<QueuedInput> parkedUnder(InputKey key) {
        return those(one -> one.isParked() && one.inputKey().filter(key::equals).isPresent());
    }

    /** Whole messages that wait, parked ones included. */
    int waiting() {
        return those(one -> one.isParked() || one.isQueued() && !one.summarized()).size();
    }

    List<QueuedInput> upTo(long ticket) {
        return inputs.headMap(ticket, true).values().stream()
                .filter(one -> one.isQueued() || one.isParked())
                .toList();
    }

    /** Tickets to be ended, by why. */
    Map<InputEnd, List<Long>> ending() {
        return inputs.values().stream()
                .filter(one -> one.end().isPresent())
                .collect(
                        Collectors.groupingBy(
                                one -> one.end().orElseThrow(),
                                LinkedHashMap::new,
                                Collectors.mapping(QueuedInput::ticket, Collectors.toList())));
    }

    private List<QueuedInput> those(Predicate<QueuedInput> wanted) {
        return inputs.values().stream().filter(wanted).toList();
    }

    static List<Long> tickets(Collection<QueuedInput> inputs) {
        return inputs.stream().map(QueuedInput::ticket).toList();
    }
}
