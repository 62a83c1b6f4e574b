package dev.chela.harness.appserver.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lists threads that have a turn, newest first.
 *
 * @param cwd exact match
 */
public record ThreadList(
        @Nullable Integer limit,
        @Nullable String cursor,
        @Nullable String cwd,
        @Nullable String searchTerm,
        @Nullable Boolean archived,
        @Nullable List<String> sourceKinds)
        implements ClientRequest<ThreadList.Result> {

    /** The newest {@code limit} threads. */
    public static ThreadList newest(int limit) {
        return new ThreadList(limit, null, null, null, null, null);
    }

    /** One page; the cursors are opaque. */
    public record Result(
            List<CodexThread> data, @Nullable String nextCursor, @Nullable String backwardsCursor) {

        public Result {
            data = Copies.of(data);
        }
    }

    @Override
    public String method() {
        return "thread/list";
    }

    @Override
    public Class<Result> result() {
        return Result.class;
    }
}
