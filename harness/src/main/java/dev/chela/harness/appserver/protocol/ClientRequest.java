package dev.chela.harness.appserver.protocol;

/**
 * A request that Chela makes; the record itself is the {@code params} member.
 *
 * @param <R> what the server answers
 */
public interface ClientRequest<R> {

    /** The wire's method name. */
    String method();

    Class<R> result();

    /** Whether the method takes a {@code params} member at all. */
    default boolean hasParams() {
        return true;
    }
}
