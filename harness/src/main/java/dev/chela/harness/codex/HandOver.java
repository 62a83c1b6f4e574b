package dev.chela.harness.codex;

import dev.chela.config.state.DatabaseException;
import dev.chela.harness.SessionKey;
import dev.chela.harness.ThreadId;
import dev.chela.harness.appserver.AppServer;
import dev.chela.harness.appserver.RpcFailedException;
import dev.chela.harness.binding.PastTalk;
import dev.chela.harness.binding.Replacement;
import dev.chela.harness.session.Transcripts;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells a new thread what was said in its session before. */
final class HandOver {

    private static final Logger LOG = LoggerFactory.getLogger(HandOver.class);

    /** More than fit into what a new thread is told. */
    private static final int MESSAGES_MAX = 400;

    private final Transcripts transcripts;

    HandOver(Transcripts transcripts) {
        this.transcripts = transcripts;
    }

    /**
     * Tells {@code thread}; what fails leaves it without a past, and is said.
     *
     * @param charsMax how much at most
     * @throws dev.chela.harness.appserver.AppServerException if the server cannot be reached
     */
    Replacement.Context to(AppServer server, ThreadId thread, SessionKey session, int charsMax) {
        List<PastTalk.Said> talk;
        try {
            talk = transcripts.recent(session, MESSAGES_MAX);
        } catch (DatabaseException e) {
            LOG.warn("past talk not read: session={} cause={}", session, e.getMessage());
            return Replacement.Context.LOST;
        }
        PastTalk past = PastTalk.of(talk, charsMax);
        if (past.text().isEmpty()) {
            return Replacement.Context.NONE;
        }
        try {
            server.request(ThreadForms.said(thread, past.text()));
        } catch (RpcFailedException e) {
            LOG.warn("past talk not taken: thread={} cause={}", thread, e.getMessage());
            return Replacement.Context.LOST;
        }
        return past.left() > 0 || talk.size() == MESSAGES_MAX
                ? Replacement.Context.SHORTENED
                : Replacement.Context.WHOLE;
    }
}
