package dev.chela.harness.binding;

import dev.chela.harness.appserver.OutsideWorkspaceException;
import java.nio.file.Path;

/**
 * What the folders of an agent's workspace are called where its app-server runs. There is no other
 * folder on both sides, so nothing else is named to the other one.
 *
 * @param workspace the agent's, absolute
 * @param root what it is called there, without a slash at the end
 */
public record Folders(Path workspace, String root) {

    public Folders {
        workspace = workspace.normalize();
        root =
                root.length() > 1 && root.endsWith("/")
                        ? root.substring(0, root.length() - 1)
                        : root;
    }

    /**
     * A folder of this machine, as it is called there.
     *
     * @throws OutsideWorkspaceException if it is not in the workspace
     */
    public String there(Path folder) {
        Path normal = folder.normalize();
        if (!normal.startsWith(workspace)) {
            throw new OutsideWorkspaceException(folder, workspace);
        }
        StringBuilder there = new StringBuilder(root);
        workspace.relativize(normal).forEach(name -> append(there, name.toString()));
        return there.toString();
    }

    private static void append(StringBuilder path, String name) {
        if (!name.isEmpty()) {
            path.append(path.toString().endsWith("/") ? "" : "/").append(name);
        }
    }

    /**
     * A folder there, as it is called on this machine.
     *
     * @throws OutsideWorkspaceException if it is not below the root
     */
    public Path here(String folder) {
        String below = root.endsWith("/") ? root : root + "/";
        if (folder.equals(root)) {
            return workspace;
        }
        Path here =
                folder.startsWith(below)
                        ? workspace.resolve(folder.substring(below.length())).normalize()
                        : Path.of("/");
        if (!here.startsWith(workspace)) {
            throw new OutsideWorkspaceException(folder, root);
        }
        return here;
    }
}
