package dev.chela.config;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * The configuration in use, and the one place where it is replaced.
 *
 * <p>Sections are values: a section changed if it no longer equals its old self. Listeners run on
 * the thread that replaces, in the order they came, and must not block.
 */
public final class LiveConfig implements Live<ChelaConfig> {

    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private volatile ChelaConfig current;

    public LiveConfig(ChelaConfig first) {
        this.current = first;
    }

    /** Hears of every replacement. */
    @FunctionalInterface
    public interface Listener {
        void replaced(Change change);
    }

    /** The configuration before and after. */
    public record Change(ChelaConfig before, ChelaConfig after) {

        /** Whether a section, or any other part, is not what it was. */
        public boolean in(Function<ChelaConfig, ?> section) {
            return !section.apply(before).equals(section.apply(after));
        }
    }

    @Override
    public ChelaConfig get() {
        return current;
    }

    /** The newest value of one section or part. */
    public <T> Live<T> section(Function<ChelaConfig, T> section) {
        return () -> section.apply(current);
    }

    /** Puts a new configuration in use; equal ones are not announced. */
    public synchronized void replace(ChelaConfig next) {
        ChelaConfig before = current;
        current = next;
        if (!before.equals(next)) {
            Change change = new Change(before, next);
            listeners.forEach(listener -> listener.replaced(change));
        }
    }

    public void onReplaced(Listener listener) {
        listeners.add(listener);
    }
}
