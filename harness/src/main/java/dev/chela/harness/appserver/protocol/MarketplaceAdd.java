package dev.chela.harness.appserver.protocol;

/**
 * Makes a marketplace known to Codex for good; one that is known already stays as it is.
 *
 * @param source {@code owner/repo}, the address of a git repository, or a folder where the server
 *     runs
 */
public record MarketplaceAdd(String source) implements ClientRequest<MarketplaceAdd.Result> {

    /** How it is called. */
    public record Result(String marketplaceName, boolean alreadyAdded) {}

    @Override
    public String method() {
        return "marketplace/add";
    }

    @Override
    public Class<Result> result() {
        return Result.class;
    }
}
