package dev.chela.harness.computeruse;

import dev.chela.harness.ThreadId;
import dev.chela.harness.appserver.AppServer;
import java.util.Optional;

/**
 * One look; equal ones that come while it goes on share its answer.
 *
 * @param thread a loaded thread whose own connection to the MCP server is looked at
 */
record Question(AppServer server, Wish wish, Mode mode, Optional<ThreadId> thread) {

    /** What may be done about what is missing. */
    enum Mode {
        /** Nothing. */
        LOOK,
        /** A turn installs from a marketplace that is known or local. */
        AUTO,
        /** A person had it installed. */
        INSTALL
    }
}
