package dev.chela.harness.appserver;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** For how long a server leaves what it is asked unanswered and says nothing else. */
final class Silence {

    /** A machine that is slow for so long answers something meanwhile; a hung server does not. */
    static final Duration PATIENCE = Duration.ofMinutes(5);

    private final InstantSource clock;
    private @Nullable Instant since;
    private long heardBefore;

    Silence(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * It left a question unanswered; whether that was to be waited for long enough.
     *
     * @param heard how many messages came so far
     */
    synchronized boolean isOver(long heard) {
        Instant now = clock.instant();
        Instant began = since;
        if (began == null || heard != heardBefore) {
            since = now;
            heardBefore = heard;
            return false;
        }
        return Duration.between(began, now).compareTo(PATIENCE) >= 0;
    }
}
