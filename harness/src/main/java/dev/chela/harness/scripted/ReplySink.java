package dev.chela.harness.scripted;

import java.io.IOException;

/**
 * Where a scripted answer is played to: an HTTP stream, or a scripted app-server in the same
 * process. Methods may block; they throw when nobody listens any more, which ends the answer.
 */
public interface ReplySink {

    void messageBegun(String id, boolean commentary) throws IOException;

    void delta(String id, String text) throws IOException;

    void messageEnded(String id, String text, boolean commentary) throws IOException;

    void reasoned(String id, String summary) throws IOException;

    void functionCalled(String callId, ReplyStep.FunctionCalled call) throws IOException;

    void freeFormCalled(String callId, ReplyStep.FreeFormCalled call) throws IOException;

    void toolsSearched(String callId, String query) throws IOException;

    /** Called again and again while the answer waits, so that a caller that left is noticed. */
    void waiting() throws IOException;

    /** The answer is complete. */
    void completed() throws IOException;

    void httpFailed(int status, String message) throws IOException;

    void responseFailed(String code, String message) throws IOException;

    /** Ends the stream without an end. */
    void cut() throws IOException;
}
