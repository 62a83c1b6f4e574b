package dev.chela.harness.appserver.protocol;

/** Gives up a sign-in that waits for the browser. */
public record LoginCancel(String loginId) implements ClientRequest<LoginCancel.Result> {

    /** {@code canceled} or {@code notFound}. */
    public record Result(String status) {}

    @Override
    public String method() {
        return "account/login/cancel";
    }

    @Override
    public Class<Result> result() {
        return Result.class;
    }
}
