package dev.chela.harness.appserver.protocol;

import org.jspecify.annotations.Nullable;

/**
 * Asks for one plugin; exactly one of the two places is named.
 *
 * @param marketplacePath the marketplace's file where the server runs, absolute
 * @param remoteMarketplaceName of OpenAI's catalogue, which wants a ChatGPT account
 */
public record PluginRead(
        String pluginName, @Nullable String marketplacePath, @Nullable String remoteMarketplaceName)
        implements ClientRequest<PluginRead.Result> {

    /** The plugin. */
    public record Result(Detail plugin) {}

    /** What its marketplace says of it. */
    public record Detail(String marketplaceName, PluginSummary summary) {}

    @Override
    public String method() {
        return "plugin/read";
    }

    @Override
    public Class<Result> result() {
        return Result.class;
    }
}
