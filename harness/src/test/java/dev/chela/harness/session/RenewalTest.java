package dev.chela.harness.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.config.QueueMode;
import dev.chela.harness.Renewal;
import dev.chela.harness.ReplyMode;
import dev.chela.harness.SessionKey;
import dev.chela.harness.Source;
import dev.chela.harness.ThreadId;
import dev.chela.harness.TurnOutcome;
import dev.chela.harness.session.kit.ScriptedTurn;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Sessions that end by themselves, and come back. */
class RenewalTest {

    private static final Duration DAY = Duration.ofHours(24);

    @Test
    void theFirstMessageOfANewDayBeginsASessionThatSaysSoOnce() throws InterruptedException {
        try (SessionsBed bed = SessionsBed.in(QueueMode.STEER)) {
            String old = saySomething(bed, 1);
            bed.sessions.model(SessionsBed.KEY, Optional.of("gpt-5"));
            bed.timers.advance(DAY);
            saySomething(bed, 2);
            saySomething(bed, 3);

            SessionView now = bed.sessions.view(SessionsBed.KEY).orElseThrow();
            assertThat(now.sessionId()).isNotEqualTo(old);
            assertThat(now.model()).contains("gpt-5");
            assertThat(renewals(bed))
                    .containsExactly(
                            Optional.empty(),
                            Optional.of(new Renewal(Renewal.Reason.DAILY, old)),
                            Optional.empty());
            assertThat(bed.desk.renewed()).containsExactly(2L);
            assertThat(bed.sessions.transcripts().export(old).getLast()).contains("daily");
            assertThat(bed.sessions.archives().of(SessionsBed.KEY))
                    .extracting(Archive::sessionId)
                    .containsExactly(old);
        }
    }

    @Test
    void theBindingGoesBeforeTheTurnThatFollows() throws InterruptedException {
        try (SessionsBed bed = SessionsBed.in(QueueMode.STEER)) {
            saySomething(bed, 1);
            bed.timers.advance(DAY);
            bed.submit(2);
            bed.harness.awaitTurn().answer("two");
            assertThat(bed.harness.forgotten()).containsExactly(SessionsBed.KEY);
        }
    }

    @Test
    void itIsSaidAgainAfterACrashBeforeTheAnswerAndNotAfter() throws InterruptedException {
        try (SessionsBed bed = SessionsBed.in(QueueMode.STEER)) {
            String old = saySomething(bed, 1);
            bed.timers.advance(DAY);
            bed.submit(2);
            bed.harness.awaitTurn();
            bed.restart();
            ScriptedTurn recovered = bed.harness.awaitTurn();
            assertThat(recovered.request().turn().renewal())
                    .contains(new Renewal(Renewal.Reason.DAILY, old));
            recovered.answer("two");
            bed.desk.awaitFinished(2);
            bed.restart();
            saySomething(bed, 3);

            assertThat(renewals(bed).getLast()).isEmpty();
        }
    }

    @Test
    void aMessageStoppedBeforeItsTurnLeavesTheNewsToTheNext() throws InterruptedException {
        try (SessionsBed bed = SessionsBed.in(QueueMode.STEER)) {
            String old = saySomething(bed, 1);
            bed.timers.advance(DAY);
            bed.turnsMax = 0;
            bed.submit(2);
            bed.sessions.stop(SessionsBed.KEY);
            bed.desk.awaitEnded(1);
            bed.turnsMax = 16;
            bed.restart();
            saySomething(bed, 3);

            assertThat(renewals(bed).getLast()).contains(new Renewal(Renewal.Reason.DAILY, old));
        }
    }

    @Test
    void whereIsOnlyWatchedTheNewsWaitsForSomebodyWhoSpeaksToUs() throws InterruptedException {
        try (SessionsBed bed = SessionsBed.in(QueueMode.STEER)) {
            String old = saySomething(bed, 1);
            bed.timers.advance(DAY);
            Submission plain = SessionsBed.message(2);
            bed.sessions.submit(
                    new Submission(
                            2,
                            plain.session(),
                            plain.source(),
                            ReplyMode.MESSAGE_TOOL,
                            Optional.empty(),
                            Optional.empty(),
                            true));
            ScriptedTurn watched = bed.harness.awaitTurn();
            assertThat(watched.request().turn().renewal()).isEmpty();
            watched.answer("");
            bed.desk.awaitFinished(2);
            saySomething(bed, 3);
            saySomething(bed, 4);

            assertThat(renewals(bed))
                    .containsExactly(
                            Optional.empty(),
                            Optional.empty(),
                            Optional.of(new Renewal(Renewal.Reason.DAILY, old)),
                            Optional.empty());
        }
    }

    @Test
    void aBeatNeitherEndsASessionNorKeepsIt() throws InterruptedException {
        try (SessionsBed bed = SessionsBed.in(QueueMode.STEER)) {
            String old = saySomething(bed, 1);
            bed.timers.advance(DAY);
            bed.sessions.submit(
                    new Submission(
                            2,
                            SessionsBed.KEY,
                            new Source("", Source.Kind.INTERNAL, "", "", "", false),
                            ReplyMode.AUTOMATIC,
                            Optional.empty()));
            ScriptedTurn beat = bed.harness.awaitTurn();
            assertThat(beat.request().turn().renewal()).isEmpty();
            beat.answer("nothing new");
            bed.desk.awaitFinished(2);
            // A turn that is not closed yet would keep the session as well.
            bed.sessions.drain(Duration.ofSeconds(10));
            bed.restart();
            assertThat(bed.sessions.view(SessionsBed.KEY).orElseThrow().sessionId()).isEqualTo(old);
            saySomething(bed, 3);

            assertThat(renewals(bed).getLast()).isPresent();
        }
    }

    @Test
    void aTurnThatRunsIntoTheNewDayIsNotTornApart() throws InterruptedException {
        try (SessionsBed bed = SessionsBed.in(QueueMode.FOLLOWUP)) {
            bed.submit(1);
            ScriptedTurn turn = bed.harness.awaitTurn();
            String id = bed.sessions.view(SessionsBed.KEY).orElseThrow().sessionId();
            bed.timers.advance(DAY);
            bed.submit(2);
            turn.answer("one");
            bed.harness.awaitTurn().answer("two");
            bed.desk.awaitFinished(2);

            assertThat(bed.sessions.view(SessionsBed.KEY).orElseThrow().sessionId()).isEqualTo(id);
        }
    }

    @Test
    void aRestoredSessionGoesOnWithItsTranscriptAndItsThread() throws InterruptedException {
        try (SessionsBed bed = SessionsBed.in(QueueMode.STEER)) {
            String old = saySomething(bed, 1);
            bind(bed, "thread-1");
            bed.sessions.reset(SessionsBed.KEY, new ResetRequest("new", 1, false));
            new Bindings(bed.database).clearIfStill(SessionsBed.KEY, new ThreadId("thread-1"));
            String second = saySomething(bed, 2);
            bind(bed, "thread-2");

            RestoreResult result = bed.sessions.restore(old.substring(0, 8));
            assertThat(result)
                    .isInstanceOfSatisfying(
                            RestoreResult.Restored.class,
                            restored -> assertThat(restored.replaced()).contains(second));
            SessionView now = bed.sessions.view(SessionsBed.KEY).orElseThrow();
            assertThat(now.sessionId()).isEqualTo(old);
            assertThat(now.thread()).contains(new ThreadId("thread-1"));
            assertThat(bed.sessions.archives().of(SessionsBed.KEY))
                    .extracting(Archive::sessionId)
                    .containsExactly(second);

            saySomething(bed, 3);
            assertThat(String.join("\n", bed.sessions.transcripts().export(old)))
                    .contains("m1", "m3")
                    .doesNotContain("m2");
            assertThat(bed.sessions.restore(second.substring(0, 8)))
                    .isInstanceOf(RestoreResult.Restored.class);
            assertThat(bed.sessions.view(SessionsBed.KEY).orElseThrow().thread())
                    .contains(new ThreadId("thread-2"));
        }
    }

    @Test
    void anEmptySessionBesideTheOldOnesRunningTurnIsNoArchive() throws InterruptedException {
        try (SessionsBed bed = SessionsBed.in(QueueMode.STEER)) {
            bed.harness.ignoreInterrupts();
            bed.submit(1);
            ScriptedTurn turn = bed.harness.awaitTurn();
            String old = bed.sessions.view(SessionsBed.KEY).orElseThrow().sessionId();
            bind(bed, "thread-1");

            bed.sessions.reset(SessionsBed.KEY, new ResetRequest("new", 1, false));
            ResetResult again =
                    bed.sessions.reset(SessionsBed.KEY, new ResetRequest("new", 1, false));

            assertThat(again.archivedId()).isEmpty();
            assertThat(bed.sessions.archives().list())
                    .extracting(Archive::sessionId)
                    .containsExactly(old);
            turn.end(new TurnOutcome.Interrupted(TurnOutcome.Cause.NEW_SESSION, Optional.empty()));
        }
    }

    @Test
    void aSessionWhoseThreadIsNowAnothersIsNotTakenUp() throws InterruptedException {
        try (SessionsBed bed = SessionsBed.in(QueueMode.STEER)) {
            String old = saySomething(bed, 1);
            bind(bed, "thread-1");
            bed.sessions.reset(SessionsBed.KEY, new ResetRequest("new", 1, false));
            new Bindings(bed.database).clearIfStill(SessionsBed.KEY, new ThreadId("thread-1"));
            String second = saySomething(bed, 2);
            SessionKey other = new SessionKey("agent:main:telegram:direct:43");
            bind(bed, other, "thread-1");

            assertThat(bed.sessions.restore(old))
                    .isEqualTo(new RestoreResult.ThreadElsewhere(other));

            SessionView now = bed.sessions.view(SessionsBed.KEY).orElseThrow();
            assertThat(now.sessionId()).isEqualTo(second);
            assertThat(now.thread()).isEmpty();
        }
    }

    @Test
    void nothingIsTakenUpWhileTheThreadOfBeforeMustStillGo() throws InterruptedException {
        try (SessionsBed bed = SessionsBed.in(QueueMode.STEER)) {
            String old = saySomething(bed, 1);
            bed.sessions.reset(SessionsBed.KEY, new ResetRequest("new", 1, false));
            saySomething(bed, 2);
            forget(bed, 1);
            assertThat(new Archives(bed.database, bed.timers).restore(old))
                    .isEqualTo(new RestoreResult.Busy());

            forget(bed, 0);
            assertThat(new Archives(bed.database, bed.timers).restore(old))
                    .isInstanceOf(RestoreResult.Restored.class);
        }
    }

    @Test
    void whatWasAlwaysAllowedEndsWithTheSessionThatGivesWay() throws InterruptedException {
        try (SessionsBed bed = SessionsBed.in(QueueMode.STEER)) {
            String old = saySomething(bed, 1);
            bed.sessions.reset(SessionsBed.KEY, new ResetRequest("new", 1, false));
            saySomething(bed, 2);
            remember(bed);

            assertThat(bed.sessions.restore(old)).isInstanceOf(RestoreResult.Restored.class);

            assertThat(remembered(bed)).isZero();
        }
    }

    @Test
    void aSessionAtWorkIsNotReplaced() throws InterruptedException {
        try (SessionsBed bed = SessionsBed.in(QueueMode.STEER)) {
            String old = saySomething(bed, 1);
            bed.sessions.reset(SessionsBed.KEY, new ResetRequest("new", 1, false));
            bed.submit(2);
            bed.harness.awaitTurn();

            assertThat(bed.sessions.restore(old)).isEqualTo(new RestoreResult.Busy());
            assertThat(new Archives(bed.database, bed.timers).restore(old))
                    .isEqualTo(new RestoreResult.Busy());
            assertThat(bed.sessions.restore("nothing")).isEqualTo(new RestoreResult.Unknown(false));
        }
    }

    private static String saySomething(SessionsBed bed, long ticket) throws InterruptedException {
        int before = bed.desk.finished().size();
        bed.submit(ticket);
        ScriptedTurn turn = bed.harness.awaitTurn();
        turn.answer("re " + ticket);
        bed.desk.awaitFinished(before + 1);
        bed.sessions.drain(Duration.ofSeconds(10));
        bed.restart();
        return bed.sessions.view(SessionsBed.KEY).orElseThrow().sessionId();
    }

    private static void forget(SessionsBed bed, int pending) {
        bed.database.writeNow(
                "session.forgotten",
                handle -> handle.execute("UPDATE session SET forget = ?", pending));
    }

    private static void remember(SessionsBed bed) {
        bed.database.writeNow(
                "approval.settle",
                handle ->
                        handle.execute(
                                "INSERT INTO approval_memory VALUES (?, 'print', 1, 'id')",
                                SessionsBed.KEY.value()));
    }

    private static int remembered(SessionsBed bed) {
        return bed.database.readNow(
                handle ->
                        handle.createQuery("SELECT count(*) FROM approval_memory")
                                .mapTo(Integer.class)
                                .one());
    }

    private static void bind(SessionsBed bed, String thread) {
        bind(bed, SessionsBed.KEY, thread);
    }

    private static void bind(SessionsBed bed, SessionKey session, String thread) {
        new Bindings(bed.database)
                .save(
                        new Binding(
                                session,
                                new ThreadId(thread),
                                Map.of("cwd", "/x"),
                                bed.timers.instant(),
                                bed.timers.instant()));
    }

    private static List<Optional<Renewal>> renewals(SessionsBed bed) {
        return bed.desk.finished().stream().map(one -> one.turn().renewal()).toList();
    }
}
