package dev.chela.harness.appserver.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lists the marketplaces that Codex knows, with their plugins.
 *
 * @param cwds folders whose own marketplaces count besides those of the home and of Codex itself
 */
public record PluginList(List<String> cwds) implements ClientRequest<PluginList.Result> {

    public PluginList {
        cwds = Copies.of(cwds);
    }

    /** What it knows, and what it could not read. */
    public record Result(List<Marketplace> marketplaces, List<LoadError> marketplaceLoadErrors) {

        public Result {
            marketplaces = Copies.of(marketplaces);
            marketplaceLoadErrors = Copies.of(marketplaceLoadErrors);
        }
    }

    /**
     * One marketplace.
     *
     * @param path its file where the server runs; null for one that only OpenAI's catalogue has
     */
    public record Marketplace(String name, @Nullable String path, List<PluginSummary> plugins) {

        public Marketplace {
            plugins = Copies.of(plugins);
        }
    }

    /** A marketplace's file that is not to be read. */
    public record LoadError(String marketplacePath, String message) {}

    @Override
    public String method() {
        return "plugin/list";
    }

    @Override
    public Class<Result> result() {
        return Result.class;
    }
}
