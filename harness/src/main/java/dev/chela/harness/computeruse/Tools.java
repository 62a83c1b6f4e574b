package dev.chela.harness.computeruse;

import dev.chela.harness.ThreadId;
import dev.chela.harness.appserver.AppServer;
import dev.chela.harness.appserver.RpcFailedException;
import dev.chela.harness.appserver.RpcRefusal;
import dev.chela.harness.appserver.protocol.McpServerReload;
import dev.chela.harness.appserver.protocol.McpServerStatusList;
import dev.chela.harness.appserver.protocol.McpServerStatusList.Status;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the tools of an MCP server. With a loaded thread its own connection is asked about,
 * which takes milliseconds; else Codex starts the server for the answer.
 */
final class Tools {

    private static final int PAGE = 100;
    private static final int PAGES_MAX = 10;
    private static final Set<String> ALIVE = Set.of("notStarted", "starting", "connected");

    private final AppServer server;
    private final Optional<ThreadId> thread;

    Tools(AppServer server, Optional<ThreadId> thread) {
        this.server = server;
        this.thread = thread;
    }

    /** What of an MCP server is to be seen. */
    sealed interface Seen {

        /**
         * It has tools.
         *
         * @param plugin the id of the plugin that brought it, where the app-server tells
         */
        record There(Optional<String> plugin, List<String> names) implements Seen {}

        /** There is none of that name. */
        record None() implements Seen {}

        /**
         * It has none.
         *
         * @param why foreign; empty if nobody says
         */
        record Broken(String why) implements Seen {}
    }

    Seen of(String name) {
        if (thread.isEmpty()) {
            return seen(status(name, null));
        }
        try {
            Seen seen = seen(status(name, thread.get()));
            if (!(seen instanceof Seen.Broken)) {
                return seen;
            }
            // It ended since the thread was loaded; this has it started again.
            server.request(new McpServerReload());
            return seen(status(name, thread.get()));
        } catch (RpcFailedException e) {
            if (e.refusal() != RpcRefusal.NO_SUCH_THREAD) {
                throw e;
            }
            return seen(status(name, null));
        }
    }

    private static Seen seen(Optional<Status> status) {
        if (status.isEmpty()) {
            return new Seen.None();
        }
        String running = status.get().runtimeStatus();
        String error = status.get().toolsError();
        if (error != null || status.get().tools().isEmpty()) {
            return new Seen.Broken(error == null ? "" : error);
        }
        if (running != null && !ALIVE.contains(running)) {
            return new Seen.Broken(running);
        }
        return new Seen.There(
                Optional.ofNullable(status.get().pluginId()),
                status.get().tools().keySet().stream().sorted().toList());
    }

    private Optional<Status> status(String name, @Nullable ThreadId of) {
        @Nullable String cursor = null;
        for (int page = 0; page < PAGES_MAX; page++) {
            McpServerStatusList.Result listed =
                    server.request(new McpServerStatusList(cursor, PAGE, of, name));
            Optional<Status> found =
                    listed.data().stream().filter(one -> one.name().equals(name)).findFirst();
            cursor = listed.nextCursor();
            if (found.isPresent() || cursor == null) {
                return found;
            }
        }
        return Optional.empty();
    }
}
