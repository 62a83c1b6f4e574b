package dev.chela.harness.appserver.protocol;

import org.jspecify.annotations.Nullable;

/** The first request of a connection. */
public record Initialize(Client clientInfo, Capabilities capabilities)
        implements ClientRequest<Initialize.Result> {

    /**
     * Who we are.
     *
     * @param name goes before the slash of the server's user agent, so it holds no slash
     */
    public record Client(String name, String title, String version) {}

    /** What we understand. */
    public record Capabilities(boolean experimentalApi) {}

    /** Who answers; the version hides in {@code userAgent}. */
    public record Result(
            @Nullable String userAgent,
            @Nullable String codexHome,
            @Nullable String platformFamily,
            @Nullable String platformOs) {}

    @Override
    public String method() {
        return "initialize";
    }

    @Override
    public Class<Result> result() {
        return Result.class;
    }
}
