package dev.chela.channels.http;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts wrong tokens by address and refuses an address that sent too many in a while. */
final class Lockout {

    private static final int ADDRESSES_MAX = 1_000;

    private final int failuresMax;
    private final Duration window;
    private final Duration lockout;
    private final InstantSource clock;
    private final Map<String, Record> records = new LinkedHashMap<>();

    Lockout(int failuresMax, Duration window, Duration lockout, InstantSource clock) {
        this.window = window;
        this.failuresMax = failuresMax;
        this.lockout = lockout;
        this.clock = clock;
    }

    /** How long {@code address} is still refused; zero if it is not. */
    synchronized Duration remaining(String address) {
        Record record = records.get(address);
        if (record == null || record.until == null) {
            return Duration.ZERO;
        }
        Duration left = Duration.between(clock.instant(), record.until);
        if (left.isPositive()) {
            return left;
        }
        records.remove(address);
        return Duration.ZERO;
    }

    synchronized void failed(String address) {
        Instant now = clock.instant();
        Record record = records.computeIfAbsent(address, ignored -> new Record(now));
        if (Duration.between(record.since, now).compareTo(window) > 0) {
            record.since = now;
            record.failures = 0;
        }
        record.failures++;
        if (record.failures >= failuresMax) {
            record.until = now.plus(lockout);
        }
        if (records.size() > ADDRESSES_MAX) {
            records.remove(records.keySet().iterator().next());
        }
    }

    private static final class Record {
        private Instant since;
        private int failures;
        private @org.jspecify.annotations.Nullable Instant until;

        Record(Instant since) {
            this.since = since;
        }
    }
}
