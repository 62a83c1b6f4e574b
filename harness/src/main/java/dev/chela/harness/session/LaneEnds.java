package dev.chela.harness.session;

import dev.chela.harness.InputEnd;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/** Ends messages that get no turn: stored first, then told to the desk until it took it. */
final class LaneEnds {

    private final LaneWorld world;
    private final LaneQueue queue;
    private final Errands errands;
    private final LaneAlarm alarm;
    private final LongConsumer told;

    /** {@code told} hears of each ticket when its desk has it. */
    LaneEnds(
            LaneWorld world, LaneQueue queue, Errands errands, LaneAlarm alarm, LongConsumer told) {
        this.world = world;
        this.queue = queue;
        this.errands = errands;
        this.alarm = alarm;
        this.told = told;
    }

    /** What still waits at a stop or reset is ended; what a turn may have taken is left. */
    void cutOff(SessionState session) {
        end(
                queue.upTo(session.cutOff()).stream().filter(QueuedInput::isQueued).toList(),
                Notices.cutOff(session.cutOffKind()));
    }

    void end(List<QueuedInput> inputs, InputEnd why) {
        if (inputs.isEmpty()) {
            return;
        }
        world.store().ending(LaneQueue.tickets(inputs), why);
        queue.putAll(inputs.stream().map(one -> one.ending(why)).toList());
    }

    void tell() {
        Map<InputEnd, List<Long>> ending = queue.ending();
        if (ending.isEmpty() || errands.isUnderWay(Errands.Kind.END) || alarm.isEarly()) {
            return;
        }
        Map.Entry<InputEnd, List<Long>> first = ending.entrySet().iterator().next();
        List<Long> tickets = first.getValue();
        errands.run(
                Errands.Kind.END,
                () -> world.desk().ended(tickets, first.getKey()),
                done -> {
                    if (alarm.noted(done)) {
                        world.store().ended(tickets);
                        queue.remove(tickets);
                        tickets.forEach(told::accept);
                    }
                });
    }
}
