package dev.chela.harness.appserver.protocol;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the peer said that this version does not know: each kind is logged once and counted.
 * Thread-safe; remembers at most 1 000 kinds, the rest share one entry.
 */
public final class Unknowns {

    private static final Logger log = LoggerFactory.getLogger(Unknowns.class);
    private static final int KINDS_MAX = 1_000;
    private static final int NAME_CHARS_MAX = 120;

    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

    /** Counts one; {@code kind} is for people, for example {@code item type}. */
    void saw(String kind, String name) {
        String bounded = name.length() > NAME_CHARS_MAX ? name.substring(0, NAME_CHARS_MAX) : name;
        String key = counts.size() < KINDS_MAX ? kind + " " + bounded : kind + " (others)";
        counts.computeIfAbsent(
                        key,
                        unseen -> {
                            log.info("app-server sent an unknown {}; it is ignored", unseen);
                            return new LongAdder();
                        })
                .increment();
    }

    /** How often each was seen. */
    public Map<String, Long> counts() {
        var copy = new TreeMap<String, Long>();
        counts.forEach((kind, count) -> copy.put(kind, count.sum()));
        return copy;
    }
}
