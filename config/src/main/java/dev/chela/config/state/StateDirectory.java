package dev.chela.config.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The directory that holds all of a bot's state, and the one place that knows its layout.
 *
 * <p>Directories are made on demand with mode 0700.
 */
public record StateDirectory(Path root) {

    private static final Pattern AGENT_ID = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");

    private static final String AGENTS = "agents";
    private static final String SESSIONS = "sessions";

    /**
     * Opens the directory, creating it if needed.
     *
     * @throws StateException if it cannot be created or written
     */
    public static StateDirectory open(Path root) {
        StateDirectory state = new StateDirectory(root.toAbsolutePath().normalize());
        state.made(state.root());
        if (!Files.isWritable(state.root())) {
            throw new StateException("the state directory " + root + " is not writable", null);
        }
        return state;
    }

    public Path database() {
        return root.resolve("chela.db");
    }

    /** Where attachments of messages are kept. */
    public Path media() {
        return made(root.resolve("media"));
    }

    public Path logs() {
        return made(root.resolve("logs"));
    }

    /** The default workspace of agents that name none. */
    public Path workspace() {
        return made(root.resolve("workspace"));
    }

    /** What one agent keeps for itself. */
    public Path agent(String agentId) {
        return made(agentPath(agentId));
    }

    /** The {@code CODEX_HOME} of one agent's app-server. */
    public Path codexHome(String agentId) {
        return made(agentPath(agentId).resolve("codex-home"));
    }

    /** Where what is kept of one agent's sessions beside the database lies. */
    public Path sessions(String agentId) {
        return made(agentPath(agentId).resolve(SESSIONS));
    }

    /** Those folders of all agents that there are. */
    public List<Path> sessionFolders() {
        Path agents = root.resolve(AGENTS);
        if (!Files.isDirectory(agents)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(agents)) {
            return all.map(agent -> agent.resolve(SESSIONS)).filter(Files::isDirectory).toList();
        } catch (IOException e) {
            throw new StateException("cannot look into " + agents + ": " + e, e);
        }
    }

    /** Where backups and the last known good copy of the config are kept. */
    public Path configCopies() {
        return made(root.resolve("config-copies"));
    }

    /** What is of use to a running process only; its holder removes what an earlier one left. */
    public Path temporary() {
        return made(root.resolve("tmp"));
    }

    /** What commands of Codex's hooks find the bot by; made when there are some. */
    public Path hookRelay() {
        return root.resolve("hook-relay");
    }

    Path lockFile() {
        return root.resolve("chela.lock");
    }

    Path holderFile() {
        return root.resolve("chela.holder");
    }

    private Path agentPath(String agentId) {
        if (!AGENT_ID.matcher(agentId).matches()) {
            throw new StateException("agent id '" + agentId + "' is not a valid id", null);
        }
        return root.resolve(AGENTS).resolve(agentId);
    }

    private Path made(Path directory) {
        try {
            PrivateFiles.createDirectories(directory);
            return directory;
        } catch (IOException e) {
            throw new StateException("cannot create the directory " + directory + ": " + e, e);
        }
    }
}
