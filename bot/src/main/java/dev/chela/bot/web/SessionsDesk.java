package dev.chela.bot.web;

import dev.chela.config.Live;
import dev.chela.config.SessionConfig.Maintenance;
import dev.chela.config.json5.Node;
import dev.chela.config.json5.Span;
import dev.chela.harness.SessionKey;
import dev.chela.harness.session.Archive;
import dev.chela.harness.session.Archives;
import dev.chela.harness.session.RestoreResult;
import dev.chela.harness.session.SessionUpkeep;
import dev.chela.harness.session.SessionView;
import dev.chela.harness.session.SessionViews;
import dev.chela.harness.session.Transcripts;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Sessions and archives as the command line sees them. */
public final class SessionsDesk {

    private final SessionViews views;
    private final Archives archives;
    private final Transcripts transcripts;
    private final Function<String, RestoreResult> restore;
    private final SessionUpkeep upkeep;
    private final Live<Maintenance> rules;

    /**
     * A desk.
     *
     * @param restore takes an archive up again; how, depends on whether a bot runs
     */
    public SessionsDesk(
            SessionViews views,
            Archives archives,
            Transcripts transcripts,
            Function<String, RestoreResult> restore,
            SessionUpkeep upkeep,
            Live<Maintenance> rules) {
        this.views = views;
        this.archives = archives;
        this.transcripts = transcripts;
        this.restore = restore;
        this.upkeep = upkeep;
        this.rules = rules;
    }

    /** {@code {sessions: [...], archives: [...]}}, the newest first. */
    public Node.Obj list() {
        return Node.Obj.empty()
                .with("sessions", array(views.list().stream().map(SessionsDesk::shown).toList()))
                .with(
                        "archives",
                        array(archives.list().stream().map(SessionsDesk::shown).toList()));
    }

    /**
     * What became of it: {@code restored}, {@code unknown}, {@code ambiguous}, {@code thread
     * elsewhere} or {@code busy}.
     */
    public Node.Obj restore(String id) {
        return switch (restore.apply(id)) {
            case RestoreResult.Restored(Archive archive, Optional<String> replaced) ->
                    result("restored")
                            .with("session", Node.Text.of(archive.session().value()))
                            .with("id", Node.Text.of(archive.sessionId()))
                            .with("replaced", Node.Text.of(replaced.orElse("")));
            case RestoreResult.Unknown(boolean ambiguous) ->
                    result(ambiguous ? "ambiguous" : "unknown");
            case RestoreResult.ThreadElsewhere(SessionKey holder) ->
                    result("thread elsewhere").with("session", Node.Text.of(holder.value()));
            case RestoreResult.Busy() -> result("busy");
        };
    }

    /** The transcript of a session key, an id or the beginning of an archive's id, as lines. */
    public Optional<Node.Obj> export(String which) {
        String id =
                views.view(new SessionKey(which))
                        .map(SessionView::sessionId)
                        .or(() -> archives.find(which).map(Archive::sessionId))
                        .orElse(which);
        List<String> lines = transcripts.export(id);
        return lines.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        Node.Obj.empty()
                                .with("id", Node.Text.of(id))
                                .with("lines", array(lines.stream().map(Node.Text::of).toList())));
    }

    /** Does what maintenance has to do now, or only says what that is. */
    public Node.Obj cleanup(boolean enforce) {
        SessionUpkeep.Report report = enforce ? upkeep.run(rules.get()) : upkeep.due(rules.get());
        return Node.Obj.empty()
                .with("enforced", new Node.Bool(enforce, Span.NOWHERE))
                .with("archived", number(report.sessions()))
                .with("removed", number(report.archives()))
                .with("trajectories", number(report.trajectories()))
                .with("bytes", number(report.bytes()));
    }

    private static Node.Obj result(String what) {
        return Node.Obj.empty().with("result", Node.Text.of(what));
    }

    private static Node.Obj shown(SessionView session) {
        return Node.Obj.empty()
                .with("key", Node.Text.of(session.key().value()))
                .with("id", Node.Text.of(session.sessionId()))
                .with("startedAt", Node.Text.of(session.startedAt().toString()))
                .with("updatedAt", Node.Text.of(session.updatedAt().toString()))
                .with("running", new Node.Bool(session.running().isPresent(), Span.NOWHERE))
                .with("queued", number(session.queued()))
                .with("model", Node.Text.of(session.model().orElse("")))
                .with("thread", Node.Text.of(session.thread().map(Object::toString).orElse("")))
                .with("inputTokens", number(session.usage().input()))
                .with("outputTokens", number(session.usage().output()))
                .with("contextTokens", number(session.usage().context()))
                .with("contextWindow", number(session.usage().contextWindow()));
    }

    private static Node.Obj shown(Archive archive) {
        return Node.Obj.empty()
                .with("id", Node.Text.of(archive.sessionId()))
                .with("key", Node.Text.of(archive.session().value()))
                .with("reason", Node.Text.of(archive.reason()))
                .with("startedAt", Node.Text.of(archive.startedAt().toString()))
                .with("endedAt", Node.Text.of(archive.endedAt().toString()))
                .with("messages", number(archive.messages()))
                .with("thread", Node.Text.of(archive.thread().map(Object::toString).orElse("")));
    }

    private static Node.Arr array(List<? extends Node> items) {
        return new Node.Arr(List.copyOf(items), Span.NOWHERE);
    }

    private static Node.Num number(long value) {
        return new Node.Num(BigDecimal.valueOf(value), Span.NOWHERE);
    }
}
