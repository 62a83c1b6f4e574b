package dev.chela.harness.appserver.protocol;

/** Has the MCP servers read anew, by loaded threads with their next turn. */
public record McpServerReload() implements ClientRequest<Empty> {

    @Override
    public String method() {
        return "config/mcpServer/reload";
    }

    @Override
    public Class<Empty> result() {
        return Empty.class;
    }

    @Override
    public boolean hasParams() {
        return false;
    }
}
