package dev.chela.harness.trajectory;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes trajectories from one thread. Whoever has an event puts it into a bounded queue and goes
 * on; where there is no room it is dropped, and a line says how many were. Events gather for a
 * moment and then go out together, so that a file is open only while it is written to. A disk that
 * refuses costs lines and is logged once until it takes some again.
 */
final class TrajectoryWriter implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(TrajectoryWriter.class);

    /** Wakes the thread when it is to end. */
    private static final Entry END =
            new Entry.Piece(
                    Instant.EPOCH,
                    new Entry.Names(new Place("", "", ""), "", null, null),
                    "",
                    "",
                    0);

    private static final int BATCH_MAX = 1_024;
    private static final Duration CLOSE_DEADLINE = Duration.ofSeconds(5);

    private final TrajectoryFiles files;
    private final EntryJson json;
    private final InstantSource clock;
    private final Limits limits;
    private final BlockingQueue<Entry> waiting;
    private final AtomicLong waitingChars = new AtomicLong();
    private final Map<Place, Long> dropped = new ConcurrentHashMap<>();
    private final Thread thread;
    private volatile boolean closed;
    private boolean refused;

    TrajectoryWriter(TrajectoryFiles files, EntryJson json, InstantSource clock, Limits limits) {
        this.files = files;
        this.json = json;
        this.clock = clock;
        this.limits = limits;
        this.waiting = new ArrayBlockingQueue<>(limits.waitingEvents());
        this.thread = Thread.ofPlatform().daemon().name("chela-trajectory").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Never waits and never fails. */
    void offer(Entry entry) {
        int chars = held(entry);
        if (closed
                || waitingChars.addAndGet(chars) > limits.waitingChars()
                || !waiting.offer(entry)) {
            waitingChars.addAndGet(-chars);
            dropped.merge(entry.names().place(), 1L, Long::sum);
        }
    }

    /** Of what waits, a piece and a stub hold nothing of what was on the wire. */
    private static int held(Entry entry) {
        return entry instanceof Entry.Whole whole && whole.body().isPresent() ? whole.chars() : 0;
    }

    private void run() {
        List<Entry> batch = new ArrayList<>();
        while (!closed || !waiting.isEmpty()) {
            batch.add(next());
            LockSupport.parkNanos(closed ? 0 : limits.linger().toNanos());
            int taken;
            do {
                taken = waiting.drainTo(batch, BATCH_MAX);
                batch.removeIf(END::equals);
                write(batch);
                batch.clear();
            } while (taken == BATCH_MAX);
        }
    }

    private Entry next() {
        while (true) {
            try {
                return waiting.take();
            } catch (InterruptedException e) {
                // Nobody ends it so: a channel would be closed by that, too.
                log.debug("interrupted, goes on");
            }
        }
    }

    private void write(List<Entry> batch) {
        Map<Place, List<Entry>> byPlace = new LinkedHashMap<>();
        for (Entry entry : batch) {
            waitingChars.addAndGet(-held(entry));
            byPlace.computeIfAbsent(entry.names().place(), place -> new ArrayList<>()).add(entry);
        }
        byPlace.forEach(this::write);
        List.copyOf(dropped.keySet()).forEach(place -> write(place, List.of()));
    }

    private void write(Place place, List<Entry> entries) {
        Long lost = dropped.remove(place);
        try (FileChannel file = files.open(place.agent(), place.sessionId())) {
            var lines = new FileLines(file, place, json, clock, limits);
            for (Entry entry : entries) {
                lines.add(entry);
            }
            if (lost != null) {
                lines.own("trajectory.dropped", lost);
            }
            lines.write();
            refused = false;
        } catch (IOException | RuntimeException e) {
            if (!refused) {
                log.warn(
                        "trajectory of session={} cannot be written, turns go on: {}",
                        place.session(),
                        e.toString());
            }
            refused = true;
        }
    }

    @Override
    public void close() {
        closed = true;
        waiting.offer(END);
        LockSupport.unpark(thread);
        try {
            thread.join(CLOSE_DEADLINE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
