package dev.chela.harness.session;

import dev.chela.config.state.Database;
import dev.chela.harness.InputKey;
import dev.chela.harness.Prompt;
import dev.chela.harness.SessionKey;
import dev.chela.harness.Source;
import dev.chela.harness.TurnEvent;
import dev.chela.harness.TurnOutcome;
import dev.chela.harness.binding.PastTalk;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The mirror of what was said, for history, search and moving to another thread. Best effort: what
 * cannot be written is logged and no turn waits for it. Writing an entry again changes nothing.
 */
public final class Transcripts {

    private static final Logger log = LoggerFactory.getLogger(Transcripts.class);

    private final Database database;
    private final InstantSource clock;

    public Transcripts(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /** The transcript of a session id as JSON lines: a header, then entries in order. */
    public List<String> export(String sessionId) {
        return database.readNow(handle -> TranscriptRows.lines(handle, sessionId));
    }

    /** The ids under which {@code session} has a transcript, newest first; all but one archived. */
    public List<String> ids(SessionKey session) {
        return database.readNow(handle -> TranscriptRows.ids(handle, session));
    }

    /**
     * The newest messages since the session last began anew, oldest first.
     *
     * @param max how many at most
     */
    public List<PastTalk.Said> recent(SessionKey session, int max) {
        return database.readNow(handle -> TranscriptRows.recent(handle, session, max));
    }

    void prompt(StoredTurn turn, Prompt prompt) {
        Map<String, Object> message = message("user", prompt.text());
        message.put("provenance", provenance(turn.source()));
        write(turn, "prompt", message);
    }

    /** What {@code source} said while the turn ran and Codex took. */
    void steered(StoredTurn turn, InputKey input, Source source, Prompt prompt) {
        Map<String, Object> message = message("user", prompt.text());
        message.put("provenance", provenance(source));
        write(turn, "steer:" + input, message);
    }

    /** A mark where Codex shortened what it remembers; the text here stays whole. */
    void compaction(StoredTurn turn, TurnEvent.Compacted compacted) {
        String mark = compacted.running() ? "started" : "completed";
        write(
                turn,
                "compaction:%s:%s".formatted(compacted.item(), mark),
                "compaction",
                Map.of("compaction", mark));
    }

    /** What a tool gave, a thought or a plan; no part of what a new thread is told. */
    void note(StoredTurn turn, TurnEvent.Noted noted) {
        Map<String, Object> message = new LinkedHashMap<>();
        switch (noted.kind()) {
            case TOOL_RESULT -> {
                message.putAll(message("toolResult", noted.text()));
                message.put("title", noted.title());
                message.put("failed", noted.failed());
            }
            case REASONING, PLAN -> message.putAll(message("assistant", noted.text()));
        }
        String kind = noted.kind().name().toLowerCase(Locale.ROOT);
        write(turn, kind + ":" + noted.item(), kind, Map.of("message", message));
    }

    void outcome(StoredTurn turn, TurnOutcome outcome) {
        Optional<String> text =
                switch (outcome) {
                    case TurnOutcome.Completed completed -> completed.text();
                    case TurnOutcome.Interrupted interrupted -> interrupted.partialText();
                    case TurnOutcome.Failed failed -> Optional.empty();
                    case TurnOutcome.Uncertain uncertain -> Optional.empty();
                };
        text.ifPresent(
                words -> {
                    Map<String, Object> message = message("assistant", words);
                    if (outcome instanceof TurnOutcome.Interrupted interrupted) {
                        message.put("interrupted", interrupted.cause().name());
                    }
                    write(turn, "assistant", message);
                });
    }

    private void write(StoredTurn turn, String part, Map<String, ?> message) {
        write(turn, part, "message", Map.of("message", message));
    }

    private void write(StoredTurn turn, String part, String kind, Map<String, ?> body) {
        database.write(
                        "session.mirror",
                        handle -> {
                            TranscriptRows.add(
                                    handle,
                                    turn.session(),
                                    turn.sessionId(),
                                    new TranscriptRows.Entry(
                                            entryKey(turn, part), kind, body, clock.instant()));
                            return true;
                        })
                .whenComplete(
                        (done, failure) -> {
                            if (failure != null) {
                                log.warn(
                                        "session.mirror lost turn={} part={} reason={}",
                                        turn.key(),
                                        part,
                                        failure.getMessage());
                            }
                        });
    }

    /** Codex's names make the key; a turn that never got them is known by ours. */
    private static String entryKey(StoredTurn turn, String part) {
        return turn.nativeTurn()
                .map(
                        names ->
                                "codex-app-server:%s:%s:%s"
                                        .formatted(names.thread(), names.turn(), part))
                .orElseGet(() -> "chela:%s:%s".formatted(turn.key(), part));
    }

    private static Map<String, Object> message(String role, String text) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("role", role);
        message.put("text", text);
        return message;
    }

    private static Map<String, Object> provenance(Source source) {
        Map<String, Object> provenance = new LinkedHashMap<>();
        provenance.put("channel", source.channel());
        provenance.put("chat", source.kind().name());
        provenance.put("senderId", source.askerId());
        provenance.put("senderName", source.askerName());
        return provenance;
    }
}
