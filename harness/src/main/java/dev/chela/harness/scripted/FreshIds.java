package dev.chela.harness.scripted;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Makes ids that no other model, of this or an earlier process, has made. */
public final class FreshIds {

    private final String seed = UUID.randomUUID().toString().replace("-", "").substring(0, 12);
    private final AtomicLong count = new AtomicLong();

    public String next(String prefix) {
        return "%s_%s%06d".formatted(prefix, seed, count.incrementAndGet());
    }
}
