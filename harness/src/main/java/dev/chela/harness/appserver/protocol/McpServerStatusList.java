package dev.chela.harness.appserver.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chela.harness.ThreadId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lists MCP servers with their tools; starts each of them for that.
 *
 * @param threadId the thread whose own servers are looked at; older servers do not know it
 * @param serverName the only one to look at; with a loaded thread nothing is started. Older servers
 *     do not know it and list all
 */
public record McpServerStatusList(
        @Nullable String cursor,
        @Nullable Integer limit,
        @Nullable ThreadId threadId,
        @Nullable String serverName)
        implements ClientRequest<McpServerStatusList.Result> {

    /** One page. */
    public record Result(List<Status> data, @Nullable String nextCursor) {

        public Result {
            data = Copies.of(data);
        }
    }

    /**
     * One server.
     *
     * @param pluginId the plugin that brought it, {@code name@marketplace}
     * @param runtimeStatus how the thread's own connection to it is; null where no thread was named
     * @param toolsError why its tools cannot be listed
     * @param tools by name; foreign
     */
    public record Status(
            String name,
            @Nullable String pluginId,
            @Nullable String authStatus,
            @Nullable String runtimeStatus,
            @Nullable String toolsError,
            Map<String, JsonNode> tools) {

        public Status {
            tools = Copies.of(tools);
        }
    }

    @Override
    public String method() {
        return "mcpServerStatus/list";
    }

    @Override
    public Class<Result> result() {
        return Result.class;
    }
}
