package dev.chela.harness.kit;

import dev.chela.harness.appserver.AppServer;
import java.nio.file.Path;

/** An app-server that scenarios play on, whatever it is made of. */
public interface Stage extends AutoCloseable {

    /** The running server; starts one if none runs. Threads of an earlier one can be resumed. */
    AppServer server();

    /** Kills the server as {@code kill -9} does; {@link #server} starts the next one. */
    void kill();

    /** Where threads work. */
    Path workspace();

    @Override
    void close();
}
