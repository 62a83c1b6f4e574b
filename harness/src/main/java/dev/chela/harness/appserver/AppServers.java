package dev.chela.harness.appserver;

import java.util.List;

/** The app-servers of this bot, one an agent; started when first needed, restarted when gone. */
public interface AppServers extends AutoCloseable {

    /**
     * The agent's app-server: the running one, or a new one within the request timeout, with up to
     * three tries. One whose configuration has changed meanwhile is replaced.
     *
     * @throws AppServerException if it cannot be had; the message says why and what to do
     */
    AppServer attach(String agentId);

    /** How each one that was ever attached is; asks them, at most 2 s each. */
    List<AppServerHealth> health();

    /** Keeps what running ones print to files within its bound; to be called now and then. */
    default void boundOutput() {}

    /** Closes every one and starts none again; idempotent. */
    @Override
    void close();
}
