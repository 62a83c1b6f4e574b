package dev.chela.harness.session;

import dev.chela.config.QueueConfig;
import dev.chela.config.QueueMode;
import dev.chela.config.testing.TestConfig;
import dev.chela.config.testing.TestDatabase;
import dev.chela.harness.HarnessSchema;
import dev.chela.harness.ReplyMode;
import dev.chela.harness.SessionKey;
import dev.chela.harness.Source;
import dev.chela.harness.session.kit.RecordingDesk;
import dev.chela.harness.session.kit.ScriptedHarness;
import dev.chela.harness.testing.ManualTimers;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sessions on a real database, with a scripted harness, a recording desk and a manual clock. */
final class SessionsBed implements AutoCloseable {

    static final SessionKey KEY = new SessionKey("agent:main:telegram:direct:42");

    final TestDatabase database = TestDatabase.open(List.of(HarnessSchema.part()));
    final ManualTimers timers = new ManualTimers();
    final RecordingDesk desk = new RecordingDesk();
    ScriptedHarness harness = new ScriptedHarness();
    QueueConfig queue = queue(QueueMode.STEER, 20, QueueConfig.Drop.SUMMARIZE);
    ResetPolicy resets = ResetPolicy.of(TestConfig.defaults().session(), ZoneOffset.UTC);
    int turnsMax = 16;
    Sessions sessions = open();

    static QueueConfig queue(QueueMode mode, int cap, QueueConfig.Drop drop) {
        return new QueueConfig(mode, Duration.ofMillis(500), cap, drop, Map.of(), Map.of());
    }

    static SessionsBed in(QueueMode mode) {
        SessionsBed bed = new SessionsBed();
        bed.queue = queue(mode, 20, QueueConfig.Drop.SUMMARIZE);
        return bed;
    }

    /** A new process on the same database: lanes, turns and timers of the old one are gone. */
    void restart() {
        harness = new ScriptedHarness();
        database.reopen();
        sessions = open();
        sessions.recover();
    }

    void submit(long ticket) {
        sessions.submit(message(ticket));
    }

    static Submission message(long ticket) {
        return message(ticket, source("chat-42", false));
    }

    static Submission message(long ticket, Source source) {
        return new Submission(ticket, KEY, source, ReplyMode.AUTOMATIC, Optional.empty());
    }

    static Submission message(long ticket, QueueMode mode) {
        return new Submission(
                ticket,
                KEY,
                source("chat-42", false),
                ReplyMode.AUTOMATIC,
                Optional.of(QueueOverride.of(mode)));
    }

    static Source source(String token, boolean owner) {
        return new Source(token, Source.Kind.DIRECT, "telegram", "42", "Ann", owner);
    }

    /** Rings the end of a quiet window. */
    void quiet() throws InterruptedException {
        timers.awaitArmed(1);
        timers.advance(Duration.ofMillis(500));
    }

    private Sessions open() {
        return new Sessions(
                database, harness, desk, timers, () -> queue, () -> resets, () -> turnsMax);
    }

    @Override
    public void close() {
        database.close();
    }
}
