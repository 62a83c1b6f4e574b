package dev.chela.harness.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chela.config.SessionConfig.ResetByType;
import dev.chela.config.SessionConfig.ResetConfig;
import dev.chela.config.SessionConfig.ResetMode;
import dev.chela.harness.InputEnd;
import dev.chela.harness.Renewal.Reason;
import dev.chela.harness.SessionKey;
import dev.chela.harness.Source;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ResetPolicyTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final ResetConfig UNWRITTEN = rule(null, 4, null);
    private static final ResetByType NONE =
            new ResetByType(Optional.empty(), Optional.empty(), Optional.empty());

    @Test
    void aSessionOfYesterdayEndsAtFour() {
        Sample session = new Sample("2026-05-01T20:00", "2026-05-02T03:50");
        assertThat(session.due(policy(UNWRITTEN), "2026-05-02T03:59")).isEmpty();
        assertThat(session.due(policy(UNWRITTEN), "2026-05-02T04:00")).hasValue(Reason.DAILY);
    }

    @Test
    void oneThatBeganAfterFourLastsUntilTheNextDay() {
        Sample session = new Sample("2026-05-02T04:00", "2026-05-02T04:00");
        assertThat(session.due(policy(UNWRITTEN), "2026-05-03T03:59")).isEmpty();
        assertThat(session.due(policy(UNWRITTEN), "2026-05-09T12:00")).hasValue(Reason.DAILY);
    }

    @Test
    void aBoundThreadIsSparedOnlyWhereNothingIsWritten() {
        Sample bound = new Sample("2026-05-01T20:00", "2026-05-01T20:00").withThread();
        assertThat(bound.due(policy(UNWRITTEN), "2026-05-03T12:00")).isEmpty();
        assertThat(bound.due(policy(rule(ResetMode.DAILY, 4, null)), "2026-05-03T12:00"))
                .hasValue(Reason.DAILY);
        assertThat(bound.due(policy(rule(null, 6, null)), "2026-05-03T12:00"))
                .hasValue(Reason.DAILY);
        assertThat(bound.due(policy(rule(null, 4, 30)), "2026-05-01T20:30")).hasValue(Reason.IDLE);
    }

    @Test
    void offEndsNothing() {
        Sample session = new Sample("2026-05-01T20:00", "2026-05-01T20:00");
        assertThat(session.due(policy(rule(ResetMode.OFF, 4, 10)), "2027-05-03T12:00")).isEmpty();
    }

    @Test
    void idleCountsFromTheLastWordOfAPerson() {
        ResetPolicy policy = policy(rule(ResetMode.IDLE, 4, 90));
        Sample session = new Sample("2026-05-01T08:00", "2026-05-03T10:00");
        assertThat(session.due(policy, "2026-05-03T11:29")).isEmpty();
        assertThat(session.due(policy, "2026-05-03T11:30")).hasValue(Reason.IDLE);
        assertThat(session.due(policy(rule(ResetMode.IDLE, 4, null)), "2026-05-03T11:00"))
                .hasValue(Reason.IDLE);
    }

    @Test
    void whatComesFirstIsTheReason() {
        ResetPolicy policy = policy(rule(ResetMode.DAILY, 4, 600));
        Sample session = new Sample("2026-05-01T20:00", "2026-05-01T20:00");
        assertThat(session.due(policy, "2026-05-02T12:00")).hasValue(Reason.DAILY);
        ResetPolicy shorter = policy(rule(ResetMode.DAILY, 4, 60));
        assertThat(session.due(shorter, "2026-05-02T12:00")).hasValue(Reason.IDLE);
    }

    @Test
    void whatNobodySaidEndsNothing() {
        Sample session = new Sample("2026-05-01T20:00", "2026-05-01T20:00");
        assertThat(
                        policy(UNWRITTEN)
                                .due(
                                        session.state(),
                                        source(Source.Kind.INTERNAL, ""),
                                        at("2026-05-09T12:00")))
                .isEmpty();
    }

    @Test
    void theNarrowestRuleCounts() {
        ResetConfig off = rule(ResetMode.OFF, 4, null);
        ResetPolicy policy =
                new ResetPolicy(
                        UNWRITTEN,
                        new ResetByType(
                                Optional.empty(),
                                Optional.of(off),
                                Optional.of(rule(ResetMode.IDLE, 4, 10))),
                        Map.of("slack", rule(ResetMode.IDLE, 4, 5)),
                        BERLIN);
        Sample group = new Sample("2026-05-01T20:00", "2026-05-01T20:00");
        Instant later = at("2026-05-02T12:00");
        SessionKey room = new SessionKey("agent:main:telegram:group:7");
        SessionKey topic = new SessionKey("agent:main:telegram:group:7:topic:3");

        assertThat(policy.due(group.of(room), source(Source.Kind.GROUP, "telegram"), later))
                .isEmpty();
        assertThat(policy.due(group.of(topic), source(Source.Kind.GROUP, "telegram"), later))
                .hasValue(Reason.IDLE);
        assertThat(policy.due(group.of(room), source(Source.Kind.GROUP, "slack"), later))
                .hasValue(Reason.IDLE);
        assertThat(policy.due(group.state(), source(Source.Kind.DIRECT, "telegram"), later))
                .hasValue(Reason.DAILY);
    }

    @Test
    void anHourThatTheClockSkipsIsTheOneItSkipsTo() {
        // On 29 March 2026 the clocks of Berlin go from 02:00 to 03:00.
        ResetPolicy two = policy(rule(ResetMode.DAILY, 2, null));
        Sample session = new Sample("2026-03-28T20:00", "2026-03-28T20:00");
        assertThat(two.due(session.state(), direct(), Instant.parse("2026-03-29T00:59:59Z")))
                .isEmpty();
        assertThat(two.due(session.state(), direct(), Instant.parse("2026-03-29T01:00:00Z")))
                .hasValue(Reason.DAILY);
    }

    @Test
    void anHourThatComesTwiceCountsOnce() {
        // On 25 October 2026 it is 02:00 in Berlin at 00:00 UTC and again at 01:00 UTC.
        ResetPolicy two = policy(rule(ResetMode.DAILY, 2, null));
        Sample before = new Sample("2026-10-24T20:00", "2026-10-24T20:00");
        assertThat(two.due(before.state(), direct(), Instant.parse("2026-10-24T23:59:59Z")))
                .isEmpty();
        assertThat(two.due(before.state(), direct(), Instant.parse("2026-10-25T00:00:00Z")))
                .hasValue(Reason.DAILY);

        SessionState between =
                state(Instant.parse("2026-10-25T00:30:00Z"), Instant.parse("2026-10-25T00:30:00Z"));
        assertThat(two.due(between, direct(), Instant.parse("2026-10-25T12:00:00Z"))).isEmpty();
        assertThat(two.due(between, direct(), Instant.parse("2026-10-26T01:00:00Z")))
                .hasValue(Reason.DAILY);
    }

    @Test
    void theZoneDecidesWhenADayIsOver() {
        Instant start = Instant.parse("2026-05-01T20:00:00Z");
        Instant now = Instant.parse("2026-05-02T02:30:00Z");
        ResetPolicy london = new ResetPolicy(UNWRITTEN, NONE, Map.of(), ZoneOffset.UTC);
        assertThat(london.due(state(start, start), direct(), now)).isEmpty();
        assertThat(policy(UNWRITTEN).due(state(start, start), direct(), now))
                .hasValue(Reason.DAILY);
    }

    private static ResetPolicy policy(ResetConfig general) {
        return new ResetPolicy(general, NONE, Map.of(), BERLIN);
    }

    private static ResetConfig rule(
            @Nullable ResetMode mode, int hour, @Nullable Integer idleMinutes) {
        return new ResetConfig(Optional.ofNullable(mode), hour, Optional.ofNullable(idleMinutes));
    }

    private static Source direct() {
        return source(Source.Kind.DIRECT, "telegram");
    }

    private static Source source(Source.Kind kind, String channel) {
        return new Source("token", kind, channel, "42", "Ann", false);
    }

    private static Instant at(String berlin) {
        return LocalDateTime.parse(berlin).atZone(BERLIN).toInstant();
    }

    private static SessionState state(Instant startedAt, Instant lastInteractionAt) {
        return new SessionState(
                SessionsBed.KEY,
                "id",
                startedAt,
                lastInteractionAt,
                false,
                Optional.empty(),
                QueueOverride.none(),
                0,
                InputEnd.Kind.STOPPED,
                false,
                Optional.empty());
    }

    /** A session by its times in Berlin. */
    private record Sample(SessionState state) {

        Sample(String startedAt, String lastInteractionAt) {
            this(ResetPolicyTest.state(at(startedAt), at(lastInteractionAt)));
        }

        Optional<Reason> due(ResetPolicy policy, String now) {
            return policy.due(state, direct(), at(now));
        }

        SessionState of(SessionKey key) {
            return with(key, state.bound());
        }

        Sample withThread() {
            return new Sample(with(state.key(), true));
        }

        private SessionState with(SessionKey key, boolean bound) {
            return new SessionState(
                    key,
                    state.sessionId(),
                    state.startedAt(),
                    state.lastInteractionAt(),
                    bound,
                    state.model(),
                    state.queue(),
                    state.cutOff(),
                    state.cutOffKind(),
                    state.forget(),
                    state.renewal());
        }
    }
}
