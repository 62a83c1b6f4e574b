package dev.chela.harness.appserver.protocol;

import org.jspecify.annotations.Nullable;

/**
 * Asks who the server is signed in as.
 *
 * @param refreshToken renew a subscription's token first
 */
public record AccountRead(boolean refreshToken) implements ClientRequest<AccountRead.Result> {

    /** Account, if any; a custom model provider needs none. */
    public record Result(@Nullable Account account, boolean requiresOpenaiAuth) {}

    @Override
    public String method() {
        return "account/read";
    }

    @Override
    public Class<Result> result() {
        return Result.class;
    }
}
