package dev.chela.harness.appserver;

import java.nio.file.Path;

/** A folder that has no place where the app-server runs; nothing was sent. */
public final class OutsideWorkspaceException extends AppServerException {

    private static final long serialVersionUID = 1L;

    /** A folder of this machine that is not below the agent's workspace. */
    public OutsideWorkspaceException(Path folder, Path workspace) {
        this(folder.toString(), "the agent's workspace " + workspace);
    }

    /** A folder of a thread there that is not below {@code appServer.remoteWorkspaceRoot}. */
    public OutsideWorkspaceException(String folder, String root) {
        super(
                ("the folder %s is not in %s;"
                                + " appServer.remoteWorkspaceRoot lets nothing else be used")
                        .formatted(folder, root),
                null);
    }
}
