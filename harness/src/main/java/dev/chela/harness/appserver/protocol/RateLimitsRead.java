package dev.chela.harness.appserver.protocol;

import java.util.Map;

/** Asks how much of the allowance is left; refused without an account. */
public record RateLimitsRead() implements ClientRequest<RateLimitsRead.Result> {

    /** The limits, also by their ids where there are several. */
    public record Result(RateLimits rateLimits, Map<String, RateLimits> rateLimitsByLimitId) {

        public Result {
            rateLimitsByLimitId = Copies.of(rateLimitsByLimitId);
        }
    }

    @Override
    public String method() {
        return "account/rateLimits/read";
    }

    @Override
    public Class<Result> result() {
        return Result.class;
    }

    @Override
    public boolean hasParams() {
        return false;
    }
}
