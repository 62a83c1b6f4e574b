package dev.chela.harness.appserver;

import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What went wrong on a connection without ending it. */
final class RpcCounters {

    private static final Logger log = LoggerFactory.getLogger(RpcCounters.class);
    private static final int SHOWN_CHARS_MAX = 500;

    private final LongAdder heard = new LongAdder();
    private final LongAdder malformed = new LongAdder();
    private final LongAdder oversized = new LongAdder();
    private final LongAdder late = new LongAdder();
    private final LongAdder overloads = new LongAdder();

    /** Anything at all came. */
    void heard() {
        heard.increment();
    }

    /** A message that is none; its text is foreign and only shown at debug. */
    void malformed(String text) {
        malformed.increment();
        log.debug(
                "skipped a malformed message: {}",
                text.length() > SHOWN_CHARS_MAX ? text.substring(0, SHOWN_CHARS_MAX) : text);
    }

    void oversized(long bytes, long bytesMax) {
        oversized.increment();
        log.warn("skipped a message of {} bytes, the bound is {}", bytes, bytesMax);
    }

    void unsent(long bytes, long bytesMax) {
        log.warn("did not send an answer of {} bytes, the bound is {}", bytes, bytesMax);
    }

    /** An answer that nobody waits for any more. */
    void late() {
        late.increment();
    }

    void overloaded() {
        overloads.increment();
    }

    long heardCount() {
        return heard.sum();
    }

    long malformedCount() {
        return malformed.sum();
    }

    long oversizedCount() {
        return oversized.sum();
    }

    long lateCount() {
        return late.sum();
    }

    long overloadCount() {
        return overloads.sum();
    }
}
