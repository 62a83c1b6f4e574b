package dev.chela.harness.appserver.protocol;

import dev.chela.harness.ThreadId;
import org.jspecify.annotations.Nullable;

/**
 * Sends a report to the maker of Codex; leaves the machine.
 *
 * @param classification {@code bug}, {@code bad_result}, {@code good_result}, {@code other}
 */
public record FeedbackUpload(
        String classification,
        @Nullable String reason,
        @Nullable ThreadId threadId,
        boolean includeLogs)
        implements ClientRequest<FeedbackUpload.Result> {

    /** The id to quote. */
    public record Result(String threadId) {}

    @Override
    public String method() {
        return "feedback/upload";
    }

    @Override
    public Class<Result> result() {
        return Result.class;
    }
}
