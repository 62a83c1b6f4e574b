package dev.chela.config;

/**
 * The newest value of a config section.
 *
 * <p>Read it once at the beginning of a message, turn or request and pass the value down, so that
 * one piece of work sees one configuration.
 */
@FunctionalInterface
public interface Live<T> {

    T get();

    /** A section that never changes. */
    static <T> Live<T> of(T value) {
        return () -> value;
    }
}
