package dev.chela.harness.appserver.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Installs a plugin, or enables it again; exactly one of the two places is named.
 *
 * @param marketplacePath the marketplace's file where the server runs, absolute
 * @param remoteMarketplaceName of OpenAI's catalogue, which wants a ChatGPT account
 */
public record PluginInstall(
        String pluginName, @Nullable String marketplacePath, @Nullable String remoteMarketplaceName)
        implements ClientRequest<PluginInstall.Result> {

    /**
     * It is there and enabled.
     *
     * @param appsNeedingAuth its apps that somebody has to sign in to
     */
    public record Result(String authPolicy, List<App> appsNeedingAuth) {

        public Result {
            appsNeedingAuth = Copies.of(appsNeedingAuth);
        }
    }

    /** One of them. */
    public record App(String id, String name) {}

    @Override
    public String method() {
        return "plugin/install";
    }

    @Override
    public Class<Result> result() {
        return Result.class;
    }
}
