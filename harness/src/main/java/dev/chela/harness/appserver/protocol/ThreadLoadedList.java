package dev.chela.harness.appserver.protocol;

import dev.chela.harness.ThreadId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists the threads that are in memory. */
public record ThreadLoadedList() implements ClientRequest<ThreadLoadedList.Result> {

    /** One page. */
    public record Result(List<ThreadId> data, @Nullable String nextCursor) {

        public Result {
            data = Copies.of(data);
        }
    }

    @Override
    public String method() {
        return "thread/loaded/list";
    }

    @Override
    public Class<Result> result() {
        return Result.class;
    }
}
