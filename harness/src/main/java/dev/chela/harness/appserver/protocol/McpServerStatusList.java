package dev.chela.harness.appserver.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import dev.chela.harness.ThreadId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lists MCP servers with their tools. */
public record McpServerStatusList(
        @Nullable String cursor, @Nullable Integer limit, @Nullable ThreadId threadId)
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
     * @param tools by name; foreign
     */
    public record Status(
            String name,
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
