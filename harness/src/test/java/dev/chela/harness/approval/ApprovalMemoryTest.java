package dev.chela.harness.approval;

import static dev.chela.harness.testing.SampleTurns.SESSION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.config.testing.TestDatabase;
import dev.chela.harness.HarnessSchema;
import dev.chela.harness.SessionKey;
import dev.chela.harness.ThreadId;
import dev.chela.harness.TurnId;
import dev.chela.harness.testing.ManualTimers;
import dev.chela.harness.testing.SampleTurns;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What <em>always</em> means: this, in this session, for a while. */
class ApprovalMemoryTest {

    private static final SessionKey OTHER = new SessionKey("agent:main:web:direct:other");

    private final TestDatabase database = TestDatabase.open(List.of(HarnessSchema.part()));
    private final ManualTimers timers = new ManualTimers();
    private final RecordingDesk desk = new RecordingDesk();
    private Approvals approvals = newApprovals();
    private int items;

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void whatIsAllowedAlwaysIsNotAskedAgain() throws Exception {
        allow(SESSION, "print", Choice.ALLOW_ALWAYS);

        assertThat(asks(SESSION, "print")).isFalse();
    }

    @Test
    void whatIsAllowedOnceIsAskedAgain() throws Exception {
        allow(SESSION, "print", Choice.ALLOW_ONCE);

        assertThat(asks(SESSION, "print")).isTrue();
    }

    @Test
    void anyChangeIsAskedAgain() throws Exception {
        allow(SESSION, "print", Choice.ALLOW_ALWAYS);

        assertThat(asks(SESSION, "print of something else")).isTrue();
        assertThat(asks(OTHER, "print")).isTrue();
    }

    @Test
    void aRestartForgetsNothing() throws Exception {
        allow(SESSION, "print", Choice.ALLOW_ALWAYS);
        database.reopen();
        approvals = newApprovals();

        assertThat(asks(SESSION, "print")).isFalse();
    }

    @Test
    void aNewSessionForgetsItAndOnlyThat() throws Exception {
        allow(SESSION, "print", Choice.ALLOW_ALWAYS);
        allow(OTHER, "print", Choice.ALLOW_ALWAYS);

        approvals.forget(SESSION);

        assertThat(asks(SESSION, "print")).isTrue();
        assertThat(asks(OTHER, "print")).isFalse();
    }

    @Test
    void timeForgetsIt() throws Exception {
        allow(SESSION, "print", Choice.ALLOW_ALWAYS);
        timers.advance(MemoryRows.WINDOW.minus(Duration.ofMinutes(1)));
        assertThat(asks(SESSION, "print")).isFalse();

        timers.advance(Duration.ofMinutes(1));

        assertThat(asks(SESSION, "print")).isTrue();
        assertThat(approvals.prune(Duration.ofDays(30), Duration.ofDays(90))).isEqualTo(1);
    }

    @Test
    void aSessionRemembersTheNewest() throws Exception {
        for (int i = 0; i <= MemoryRows.KEPT_MAX; i++) {
            timers.advance(Duration.ofSeconds(1));
            allow(SESSION, "print " + i, Choice.ALLOW_ALWAYS);
        }

        assertThat(asks(SESSION, "print 0")).isTrue();
        assertThat(asks(SESSION, "print 1")).isFalse();
        assertThat(asks(SESSION, "print " + MemoryRows.KEPT_MAX)).isFalse();
    }

    private Approvals newApprovals() {
        return new Approvals(database, timers, new Random(7), desk);
    }

    private void allow(SessionKey session, String print, Choice choice) throws Exception {
        CompletableFuture<Decision> asked = ask(session, print);
        Approval shown = desk.nextShown();
        approvals.decide(shown.id().value(), new Decision.Chosen(choice), "ada");
        assertThat(asked.get(10, TimeUnit.SECONDS)).isEqualTo(new Decision.Chosen(choice));
    }

    /** Whether a person is asked, whom nobody can reach this once. */
    private boolean asks(SessionKey session, String print) throws Exception {
        desk.reachable = false;
        Decision decision = ask(session, print).get(10, TimeUnit.SECONDS);
        desk.reachable = true;
        if (decision.equals(new Decision.Unroutable())) {
            desk.nextShown();
            return true;
        }
        assertThat(decision).isEqualTo(new Decision.Chosen(Choice.ALLOW_ALWAYS));
        return false;
    }

    private CompletableFuture<Decision> ask(SessionKey session, String print) {
        Origin origin = new Origin(new ThreadId("t"), new TurnId("u"), "item-" + items++);
        ApprovalRequest request =
                new ApprovalRequest(
                                ApprovalRequest.Kind.PERMISSIONS,
                                session,
                                SampleTurns.direct(),
                                Optional.of(origin),
                                "Grant",
                                "network",
                                Set.of(Choice.values()),
                                List.of())
                        .rememberedAs(print);
        return CompletableFuture.supplyAsync(
                () -> approvals.ask(request), task -> Thread.ofVirtual().start(task));
    }
}
